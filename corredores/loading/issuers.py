"""Issuers, from the vouchers that name them: the newest one's name and address rule."""

from django.db import connection


def keep_issuers() -> None:
    """Bring portfolio_issuer up to date with the staged vouchers. No address says nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT)


_UPSERT = """
    insert into portfolio_issuer as t
           (ruc, name, address, phone, website, logo, vouchers_from, issues_settlements, updated_at)
    select distinct on (s.emisor_ruc)
           s.emisor_ruc, s.emisor, coalesce(s.emisor_direccion, ''), '', '', '',
           '2017-08-01', false, s.actualizado_en::timestamptz
    from staged s
    order by s.emisor_ruc, s.actualizado_en::timestamptz desc, s.emisor desc,
             s.emisor_direccion desc nulls last
    on conflict (ruc) do update
       set name = excluded.name, updated_at = excluded.updated_at,
           address = coalesce(nullif(excluded.address, ''), t.address)
     where t.updated_at is null
        or (excluded.updated_at, excluded.name) > (t.updated_at, t.name collate "C")
"""
