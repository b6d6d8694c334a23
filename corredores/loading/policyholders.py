"""Policyholders and folded names, from whatever rows name them.

The newest row rules, whichever file it came in. An empty e-mail or telephone says nothing.
"""

from django.db import connection

from corredores.portfolio.folding import folded

from .scratch import define, derive, study
from .shape import Kind

_BATCH = 10_000  # names in memory at once


def keep_policyholders(kind: Kind) -> None:
    """Bring portfolio_policyholder up to date, and make `people`: who each staged row names."""
    derive("named", _named(kind))
    define("folded_names", "name text, folded text")
    _fold()
    study("folded_names")
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT)
        if kind.has("contratante_correo"):
            cursor.execute(_reach("email"))
            cursor.execute(_reach("phone"))
    derive("people", _PEOPLE)


def _named(kind: Kind) -> str:
    """One row per person as written; far fewer than cuotas."""
    reached = kind.has("contratante_correo")
    email, phone = (
        ("s.contratante_correo", "s.contratante_telefono") if reached else ("null", "null")
    )
    return f"""
        select b.id as brokerage_id, s.contratante_tipo_doc as doc_type,
               s.contratante_num_doc as doc_number, s.contratante as name,
               coalesce({email}, '') as email, coalesce({phone}, '') as phone,
               max(s.actualizado_en::timestamptz) as updated_at
        from staged s join accounts_brokerage b on b.code = s.codigo_corredor
        group by 1, 2, 3, 4, 5, 6"""


def _fold() -> None:
    link = connection.connection
    with link.cursor(name="names_to_fold") as names, link.cursor() as cursor:
        names.execute("select distinct name from named")
        while batch := names.fetchmany(_BATCH):
            with cursor.copy("copy folded_names from stdin") as copy:
                for (name,) in batch:
                    copy.write_row((name, folded(name)))


# One row per person and name: a person may be written in two ways in the same file.
_PEOPLE = """
    select distinct n.brokerage_id, n.doc_type, n.doc_number, n.name, f.folded, h.id
    from named n
    join folded_names f on f.name = n.name
    join portfolio_policyholder h on h.brokerage_id = n.brokerage_id
         and h.doc_type = n.doc_type and h.doc_number = n.doc_number
"""

_UPSERT = """
    insert into portfolio_policyholder as t
           (brokerage_id, doc_type, doc_number, name, folded_name, email, phone, updated_at)
    select distinct on (n.brokerage_id, n.doc_type, n.doc_number)
           n.brokerage_id, n.doc_type, n.doc_number, n.name, f.folded, '', '', n.updated_at
    from named n join folded_names f on f.name = n.name
    order by n.brokerage_id, n.doc_type, n.doc_number, n.updated_at desc, n.name desc
    on conflict (brokerage_id, doc_type, doc_number) do update
       set name = excluded.name, folded_name = excluded.folded_name,
           updated_at = excluded.updated_at
     where t.updated_at is null
        or (excluded.updated_at, excluded.name) > (t.updated_at, t.name collate "C")
"""


def _reach(field: str) -> str:
    """SQL: e-mail or phone of the newest row that states one."""
    return f"""
        update portfolio_policyholder t set {field} = n.{field}, {field}_at = n.updated_at
          from (select distinct on (brokerage_id, doc_type, doc_number) *
                  from named where {field} <> ''
                 order by brokerage_id, doc_type, doc_number, updated_at desc, {field} desc) n
         where t.brokerage_id = n.brokerage_id
           and t.doc_type = n.doc_type and t.doc_number = n.doc_number
           and (t.{field}_at is null or (n.updated_at, n.{field}) > (t.{field}_at, t.{field}))"""
