"""Columns and rules that several kinds of file have in common."""

from corredores.accounts.business_line import BusinessLine
from corredores.loading.cells import Choice, Day, Moment, Money, Pattern, Text, VoucherNumber
from corredores.loading.shape import Column, Extra, Rule
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType
from corredores.vouchers.models import VoucherType

LINES = tuple(BusinessLine.values)
RUC = Pattern(r"^\d{11}$", "un RUC de 11 dígitos", "ruc")

UPDATED_AT = Column("actualizado_en", "updated_at", Moment(), required=True)
CURRENCY = Column("moneda", "currency", Choice(tuple(Currency.values)), required=True)
PRODUCT = (
    Column("producto_codigo", "product_code", Text(32), required=True),
    Column("producto", "product", Text(120), required=True),
)
VOUCHER = (
    Column("comprobante_tipo", "voucher_type", Choice(tuple(VoucherType.values))),
    Column("comprobante", "voucher_number", VoucherNumber()),
)

# Every row says whose it is; the brokerage must be known.
BROKERAGE = Column("codigo_corredor", "", Text(64), required=True)
BROKERAGE_ID = Extra("brokerage_id", "b.id")
BROKERAGE_JOIN = "join accounts_brokerage b on b.code = s.codigo_corredor"
BROKERAGE_KNOWN = Rule(
    "corredor",
    "codigo_corredor",
    "s.codigo_corredor not in (select code from accounts_brokerage)",
    ("codigo_corredor",),
    "no hay un corredor con este código; carga antes el archivo de corredores",
)

# What a cuota or settlement has besides the file: its policyholder and its voucher. Each has a
# policyholder; by an outer join, or the planner thinks that of four columns hardly any row agrees.
PEOPLE_AND_LINKS = """
    left join people p on p.brokerage_id = s.brokerage_id and p.name = s.policyholder_name
         and p.doc_type = s.policyholder_doc_type and p.doc_number = s.policyholder_doc_number
    left join links l on l.ref = s.row"""


def person(prefix: str, field: str) -> tuple[Column, ...]:
    """Document type, document number and name of a policyholder or customer."""
    return (
        Column(f"{prefix}_tipo_doc", f"{field}_doc_type", Choice(tuple(DocumentType.values)), True),
        Column(f"{prefix}_num_doc", f"{field}_doc_number", Text(20), True),
        Column(prefix, f"{field}_name", Text(1500), True),
    )


def amounts(*, interest: bool) -> tuple[Column, ...]:
    """Premium, issue fee, interest, IGV and total, in the row's currency."""
    return (
        Column("prima_neta", "net_premium", Money(), required=True),
        Column("derecho_emision", "issue_fee", Money()),
        *((Column("interes", "interest", Money()),) if interest else ()),
        Column("igv", "vat", Money(), required=True),
        Column("importe", "total", Money(), required=True),
    )


def coverage(*, required: bool) -> tuple[Column, ...]:
    return (
        Column("vigencia_inicio", "coverage_start", Day(), required),
        Column("vigencia_fin", "coverage_end", Day(), required),
    )


COVERAGE_FORWARDS = Rule(
    "vigencia",
    "vigencia_fin",
    's.vigencia_inicio collate "C" > s.vigencia_fin',
    ("vigencia_inicio", "vigencia_fin"),
    "la vigencia termina antes de empezar",
)
PAID_WITH_DATE = Rule(
    "pagada_sin_fecha",
    "fecha_pago",
    "s.estado = 'PAGADA' and s.fecha_pago is null",
    ("estado", "fecha_pago"),
    "una fila PAGADA necesita fecha_pago",
)


def sum_differs(*parts: str) -> Rule:
    """A warning: `importe` rules, but a sum that differs by more than 0.05 is worth a look."""
    total = " + ".join(f"coalesce(s.{part}, '0')::numeric" for part in parts)
    return Rule(
        "suma",
        "importe",
        f"abs({total} - s.importe::numeric) > 0.05",
        (*parts, "importe"),
        f"no es la suma de {', '.join(parts)} (difiere en más de 0.05)",
        warning=True,
    )
