"""The readings of a batch as staged rows of comprobantes, completed by what the portal knows."""

import csv
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from corredores.loading.csv_source import CsvSource
from corredores.loading.kinds import VOUCHERS
from corredores.loading.source import Observed
from corredores.loading.staging import stage

from .reading import Reading

_STORED = """vouchers_voucher v join portfolio_issuer e on e.id = v.issuer_id"""
_SAME = """e.ruc = s.emisor_ruc and v.type = s.tipo and v.series = s.serie
           and v.number = s.numero::bigint"""
# What a document need not say, and the row of the core does.
_KEPT = {
    "id_cuota": "v.installment_external_id",
    "liquidacion": "v.settlement_number",
    "poliza": "v.policy_number",
    "producto": "v.product",
    "cliente_direccion": "v.customer_address",
    "vigencia_inicio": "v.coverage_start::text",
    "vigencia_fin": "v.coverage_end::text",
}


def stage_readings(readings: Sequence[Reading], room: Path) -> Observed:
    """Fill `staged`: the n-th reading, from 0, as row n + 2. Then complete the rows."""
    path = room / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, VOUCHERS.headers, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows({h: r.cells.get(h, "") for h in VOUCHERS.headers} for r in readings)
    source = CsvSource(path)
    stage(VOUCHERS, source)
    for statement in (_FROM_THE_ROW, _BROKERAGE, _INSTALLMENT, _SETTLEMENT, _NOT_ANSWERED):
        _execute(statement)
    return source.observed


def refuse_contradictions() -> None:
    """Add to `problems` where a staged row, right by itself, says other than the stored one."""
    _execute(_CONTRADICTIONS)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


_FILLED = ", ".join(f"{h} = coalesce(s.{h}, nullif({stored}, ''))" for h, stored in _KEPT.items())
_FROM_THE_ROW = f"""
    update staged s set codigo_corredor = b.code, estado = v.status, {_FILLED}
    from {_STORED} join accounts_brokerage b on b.id = v.brokerage_id
    where {_SAME}
"""

# Whose it is: the brokerage of the policy, or of a cuota that names the voucher; where both
# lead to several, the one that both lead to. Two issuers may have the same number.
_BROKERAGE = """
    update staged s set codigo_corredor = b.code
    from (select row, min(brokerage_id) as brokerage_id
          from (select row, brokerage_id, score, max(score) over (partition by row) as best
                from (select row, brokerage_id, sum(distinct score) as score
                      from (select s.row, i.brokerage_id, 2 as score
                            from staged s join installments_installment i
                              on i.policy_number = s.poliza
                            where s.codigo_corredor is null
                            union all
                            select s.row, i.brokerage_id, 1
                            from staged s join installments_installment i
                              on i.voucher_number = s.serie || '-' || s.numero
                             and i.voucher_number <> '' and i.voucher_type = s.tipo
                            where s.codigo_corredor is null) led
                      group by row, brokerage_id) scored) ranked
          where score = best group by row having count(*) = 1) found
    join accounts_brokerage b on b.id = found.brokerage_id
    where s.row = found.row
"""

_INSTALLMENT = """
    update staged s set id_cuota = (
        select min(i.external_id) from installments_installment i
        join accounts_brokerage b on b.id = i.brokerage_id
        where b.code = s.codigo_corredor and i.voucher_type = s.tipo
          and i.voucher_number = s.serie || '-' || s.numero
          and (s.poliza is null or i.policy_number = s.poliza))
    where s.id_cuota is null and s.codigo_corredor is not null
"""

_SETTLEMENT = """
    update staged s set liquidacion = (
        select min(nullif(i.settlement_number, '')) from installments_installment i
        where i.external_id = s.id_cuota)
    where s.liquidacion is null and s.id_cuota is not null
"""

_NOT_ANSWERED = "update staged set estado = 'EMITIDO' where estado is null"

_FACTS = {
    "importe": ("v.total", "numeric"),
    "igv": ("v.vat", "numeric"),
    "moneda": ("v.currency", "text"),
    "cliente_tipo_doc": ("v.customer_doc_type", "text"),
    "cliente_num_doc": ("v.customer_doc_number", "text"),
    "fecha_emision": ("v.issued_on", "date"),
}
_CONTRADICTIONS = f"""
    insert into problems (row, header, value, code, message)
    select s.row, fact.header, fact.said, 'contradice',
           'contradice al comprobante del portal, que dice ' || fact.known
    from staged s join ({_STORED}) on {_SAME}
    cross join lateral (values {
    ", ".join(
        f"('{header}', s.{header}, {known}::text, s.{header}::{sql} is distinct from {known})"
        for header, (known, sql) in _FACTS.items()
    )
}) fact (header, said, known, differs)
    where fact.differs
"""
