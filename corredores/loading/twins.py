"""A twin of a table, in a schema of its own: same columns, indexes, walls and grants.

What a table has beside its columns is read from the catalogue, so that nothing a migration
adds to the table is forgotten here.
"""

from collections.abc import Sequence

from django.db import connection

_BESIDE, _FORMERLY = "beside", "formerly"


def prepare() -> None:
    """Make the schemas that stand until the swap."""
    _execute(f"create schema {_BESIDE}")
    _execute(f"create schema {_FORMERLY}")


def build(table: str) -> None:
    """An empty twin: columns, defaults, checks and the identity, which goes on counting."""
    _execute(
        f"create table {_BESIDE}.{table} (like public.{table} including all excluding indexes)"
    )
    _execute(
        f"select setval(pg_get_serial_sequence('{_BESIDE}.{table}', 'id'), "
        f"nextval(pg_get_serial_sequence('public.{table}', 'id')))"
    )


def fill(table: str, order: Sequence[str]) -> None:
    """Copy what the temporary table of the same name holds, in `order` (SQL over `s`)."""
    columns = ", ".join(columns_of(table))
    _execute(
        f"insert into {_BESIDE}.{table} ({columns}) overriding system value "
        f"select {columns} from pg_temp.{table} s order by {', '.join(order)}"
    )


def finish(table: str) -> None:
    """Indexes, keys, row security, policies, grants and storage options; then statistics."""
    for query in (_CONSTRAINTS, _INDEXES, _WALLS, _POLICIES, _GRANTS, _OPTIONS):
        for (statement,) in _rows(query, {"table": table, "beside": _BESIDE}):
            _execute(statement)
    _execute(f"analyze {_BESIDE}.{table}")


def columns_of(table: str) -> list[str]:
    """Columns that can be written: not the generated ones."""
    found = _rows(
        """select quote_ident(attname) from pg_attribute
           where attrelid = to_regclass('public.' || %(table)s) and attnum > 0
             and not attisdropped and attgenerated = '' order by attnum""",
        {"table": table},
    )
    return [name for (name,) in found]


def swap(tables: list[str]) -> None:
    """Put the twins in the places of the tables, which vanish; views look at the twins."""
    with connection.cursor() as cursor:
        cursor.execute(_VIEWS, [tables])
        views = cursor.fetchall()
    for table in tables:
        _execute(f"drop table if exists pg_temp.{table}")
        _execute(f"alter table public.{table} set schema {_FORMERLY}")
        _execute(f"alter table {_BESIDE}.{table} set schema public")
    for (statement,) in views:
        _execute(statement)
    for table in tables:
        _execute(f"drop table {_FORMERLY}.{table}")
    _execute(f"drop schema {_BESIDE}")
    _execute(f"drop schema {_FORMERLY}")


_OF = "%(table)s::text"
_HERE = f"to_regclass('public.' || {_OF})"
_TWIN = f"format('%%I.%%I', %(beside)s::text, {_OF})"

# Checks came along with the columns.
_CONSTRAINTS = f"""
    select format('alter table %%s add constraint %%I %%s', {_TWIN}, conname,
                  pg_get_constraintdef(oid))
    from pg_constraint where conrelid = {_HERE} and contype in ('p', 'u', 'x', 'f')
    order by contype = 'f'"""

_INDEXES = f"""
    select replace(pg_get_indexdef(indexrelid), format(' ON public.%%I ', {_OF}),
                   format(' ON %%s ', {_TWIN}))
    from pg_index where indrelid = {_HERE}
     and not exists (select from pg_constraint where conindid = indexrelid)"""

_WALLS = f"""
    select format('alter table %%s %%s row level security', {_TWIN}, word)
    from pg_class, lateral (values ('enable', relrowsecurity), ('force', relforcerowsecurity))
         as wall (word, stands)
    where oid = {_HERE} and stands"""

_POLICIES = f"""
    select format('create policy %%I on %%s as %%s for %%s to %%s %%s %%s', policyname, {_TWIN},
                  permissive, cmd, array_to_string(roles, ', '),
                  'using (' || qual || ')', 'with check (' || with_check || ')')
    from pg_policies where schemaname = 'public' and tablename = {_OF}"""

_GRANTS = f"""
    select format('grant %%s on %%s to %%I', privilege_type, {_TWIN}, grantee::regrole)
    from pg_class, aclexplode(relacl) where oid = {_HERE} and grantee <> relowner"""

_OPTIONS = f"""
    select format('alter table %%s set (%%s)', {_TWIN}, array_to_string(reloptions, ', '))
    from pg_class where oid = {_HERE} and reloptions is not null"""


# Read while temporary tables hide the real ones, so that the real ones' names have a schema.
_VIEWS = """
    select distinct format('create or replace view %%s %%s as %%s', c.oid::regclass,
                           'with (' || array_to_string(c.reloptions, ', ') || ')',
                           pg_get_viewdef(c.oid))
    from pg_depend d
    join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
    join pg_class c on c.oid = r.ev_class and c.relkind = 'v'
    where d.refobjid in (select ('public.' || name)::regclass from unnest(%s::text[]) name)"""


def _rows(query: str, parameters: dict[str, str]) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[str]] = cursor.fetchall()
    return rows


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
