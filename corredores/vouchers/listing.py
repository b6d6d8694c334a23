"""The list of vouchers: those of one cuota, or all of a brokerage."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right
from corredores.installments.listing import VOUCHER, may_read
from corredores.listings import (
    Choice,
    Column,
    Date,
    Link,
    Listing,
    ListingFilters,
    Money,
    Text,
    Total,
)
from corredores.listings.filters import Groups, Range, date_field, text_field
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType, masked
from corredores.portfolio.filtering import choice, only_lines_of, same_day, two_months_before
from corredores.portfolio.numbers import begins_with_any_zeros, voucher_number

from .models import VoucherStatus, VoucherType
from .queries import vouchers_of

_TONES = {"EMITIDO": "busy", "ACEPTADO": "paid", "RECHAZADO": "late", "BAJA": "void"}
_MEANINGS = {
    "EMITIDO": "Emitido; todavía sin respuesta de SUNAT.",
    "ACEPTADO": "Aceptado por SUNAT.",
    "RECHAZADO": "Rechazado por SUNAT: no es válido.",
    "BAJA": "Dado de baja: ya no es válido.",
}


class ComprobantesFilters(ListingFilters):
    """With `cuota` the dates are open; otherwise the last two months of emission."""

    linea = choice("Línea de negocio", BusinessLine.choices, field_name="line")
    tipo_comprobante = choice("Tipo de comprobante", VoucherType.choices, field_name="type")
    desde = date_field("Emitido desde", field_name="issued_on", lookup_expr="gte")
    hasta = date_field("Emitido hasta", field_name="issued_on", lookup_expr="lte")
    comprobante = text_field("Nº de comprobante", method="by_number")
    cuota = text_field("Id de cuota", field_name="installment_external_id")
    liquidacion = text_field("Nº de liquidación", field_name="settlement_number")
    poliza = text_field("Nº de póliza", method="by_policy")
    num_doc = text_field("Nº de documento", field_name="customer_doc_number")
    estado = choice("Estado", VoucherStatus.choices, field_name="status")
    moneda = choice("Moneda", Currency.choices, field_name="currency")

    defaults: ClassVar = {"desde": two_months_before, "hasta": same_day}
    ranges: ClassVar = (Range("desde", "hasta", "Emisión"),)
    groups: ClassVar[Groups] = (
        ("Filtros", ("linea", "tipo_comprobante", "desde", "hasta")),
        ("Comprobante", ("comprobante", "estado", "moneda")),
        ("Origen", ("poliza", "cuota", "liquidacion", "num_doc")),
    )

    def adapt(self, fields: dict[str, forms.Field]) -> None:
        only_lines_of(self.reader, fields["linea"])

    def by_number(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(full_number=voucher_number(text) or text.upper())

    def by_policy(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(begins_with_any_zeros("policy_number", text))


@dataclass(frozen=True)
class Original(Link):
    """A legal file of the voucher; where there is none, nothing is said."""

    def small(self, value: Any, *extras: Any) -> str:
        return super().small(value, *extras) if value else ""


COMPROBANTES = Listing(
    slug="comprobantes",
    title="Comprobantes de pago",
    noun=("comprobante", "comprobantes"),
    purpose="Facturas, boletas y notas emitidas por las cuotas y las liquidaciones.",
    rows=vouchers_of,
    filters=ComprobantesFilters,
    permission=may_read,
    order=("-emision",),
    totals=(Total("importe", "Importe"),),
    columns=(
        Column("comprobante", "Comprobante", "full_number",
               Link(address="/comprobantes/{}.pdf", state="download_state",
                    reasons=VOUCHER.reasons)),
        Column("tipo_comprobante", "Tipo", "type", Choice(labels=dict(VoucherType.choices)),
               under="comprobante"),
        Column("xml", "XML", "xml_file", Original(address="/comprobantes/{}.xml", width=6),
               under="comprobante", sort=""),
        Column("cdr", "CDR", "cdr_file", Original(address="/comprobantes/{}-cdr.xml", width=6),
               under="comprobante", sort=""),
        Column("emision", "Emisión", "issued_on", Date()),
        Column("poliza", "Nº póliza", "policy_number", Text()),
        Column("producto", "Producto", "product", Text(width=22), under="poliza"),
        Column("cliente", "Cliente", "customer_name", Text(width=36)),
        Column("tipo_doc", "Tipo doc.", "customer_doc_type",
               Choice(labels=dict(DocumentType.choices)), under="cliente"),
        Column("num_doc", "Nº documento", "customer_doc_number", Text(), under="cliente",
               right=Right.DOCUMENTS, otherwise=masked("customer_doc_number")),
        Column("modifica", "Modifica a", "modifies", Text()),
        Column("estado", "Estado", "status",
               Choice(labels=dict(VoucherStatus.choices), tones=_TONES, meanings=_MEANINGS)),
        Column("moneda", "Moneda", "currency", Choice(labels=dict(Currency.choices)), page=False),
        Column("importe", "Importe", "signed_total", Money()),
    ),
)  # fmt: skip
