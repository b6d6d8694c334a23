"""Migration operations that put a table behind the second wall and grant it to the web."""

from django.db.migrations import RunSQL

from .roles import LIMITED, OWNER, WEB

_BROKERAGE = "brokerage_id = nullif(current_setting('corredores.brokerage', true), '')::bigint"
_LINE = "line = any (nullif(current_setting('corredores.lines', true), '')::text[])"


def protect(table: str, *, by_line: bool) -> RunSQL:
    """Row security for a business table: the web reads one brokerage, the owner loads all.

    FORCE, because a table's owner passes ordinary row security. `by_line` adds the
    restrictive policy for members limited to lines; it costs the others nothing, as it
    belongs to a role that only they take.
    """
    statements = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy brokerage on {table} for select to {WEB}, {LIMITED} using ({_BROKERAGE})",
        f"create policy owner_all on {table} to {OWNER} using (true) with check (true)",
        f"grant select on {table} to {WEB}, {LIMITED}",
    ]
    if by_line:
        statements.append(
            f"create policy lines on {table} as restrictive for select to {LIMITED} using ({_LINE})"
        )
    return RunSQL(";\n".join(statements), RunSQL.noop)


def grant(privileges: str, *tables: str) -> RunSQL:
    """Give the web `privileges` on tables that are not a brokerage's rows; the limited, reading."""
    names = ", ".join(tables)
    return RunSQL(
        f"grant {privileges} on {names} to {WEB}; grant select on {names} to {LIMITED}",
        RunSQL.noop,
    )
