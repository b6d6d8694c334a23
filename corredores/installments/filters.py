"""The parameters of the search of cuotas (formats.md §3)."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.listings.filters import Groups, Range, date_field, text_field
from corredores.portfolio.filtering import (
    PolicyFilters,
    choice,
    only_lines_of,
    same_day,
    two_months_before,
    yes_no,
)
from corredores.portfolio.numbers import begins_with_any_zeros, voucher_number

from .ageing import BANDS, band
from .channels import PaymentChannel
from .queries import near_suspension, state_is
from .status import Derived, Status

STATES = [*Derived.choices, *Status.choices]
VOUCHER_TYPES = (
    ("01", "Factura"),
    ("03", "Boleta"),
    ("07", "Nota de crédito"),
    ("08", "Nota de débito"),
    ("13", "Documento SBS"),
)


class CuotasFilters(PolicyFilters):
    """Absent `desde`/`hasta` mean the last two months of fecha de pago; empty ones are open."""

    linea = choice("Línea de negocio", BusinessLine.choices, field_name="line")
    estado = django_filters.MultipleChoiceFilter(
        label="Estado", choices=STATES, method="by_state", widget=forms.CheckboxSelectMultiple
    )
    desde = date_field("Fecha de pago desde", field_name="payment_date", lookup_expr="gte")
    hasta = date_field("Fecha de pago hasta", field_name="payment_date", lookup_expr="lte")
    vence_desde = date_field("Vence desde", field_name="due_on", lookup_expr="gte")
    vence_hasta = date_field("Vence hasta", field_name="due_on", lookup_expr="lte")
    emision_desde = date_field("Emitida desde", field_name="issued_on", lookup_expr="gte")
    emision_hasta = date_field("Emitida hasta", field_name="issued_on", lookup_expr="lte")
    pagada_desde = date_field("Pagada desde", field_name="paid_on", lookup_expr="gte")
    pagada_hasta = date_field("Pagada hasta", field_name="paid_on", lookup_expr="lte")
    vigencia_desde = date_field("Vigencia desde", field_name="coverage_end", lookup_expr="gte")
    vigencia_hasta = date_field("Vigencia hasta", field_name="coverage_start", lookup_expr="lte")
    tramo = choice("Días vencidos", [(key, label) for key, label, *_ in BANDS], method="by_band")
    importe_min = django_filters.NumberFilter(
        label="Importe desde", field_name="total", lookup_expr="gte", max_digits=14
    )
    importe_max = django_filters.NumberFilter(
        label="Importe hasta", field_name="total", lookup_expr="lte", max_digits=14
    )
    canal = choice("Canal de pago", PaymentChannel.choices, field_name="payment_channel")
    liquidacion = text_field("Nº de liquidación", field_name="settlement_number")
    comprobante = text_field("Nº de comprobante", method="by_voucher")
    tipo_comprobante = choice("Tipo de comprobante", VOUCHER_TYPES, field_name="voucher_type")
    aviso = text_field("Nº de aviso de cobranza", method="by_notice")
    placa = text_field("Placa", method="by_plate")
    ejecutivo = text_field("Ejecutivo", field_name="executive", lookup_expr="icontains")
    sucursal = text_field("Sucursal", field_name="branch", lookup_expr="icontains")
    con_comprobante = yes_no("Con comprobante", "with_voucher")
    con_rechazo = yes_no("Con rechazo de cargo", "with_rejection")
    en_riesgo = yes_no("En riesgo de suspensión", "at_risk")

    defaults: ClassVar = {"desde": two_months_before, "hasta": same_day}
    ranges: ClassVar = (
        Range("desde", "hasta", "Fecha de pago"),
        Range("vence_desde", "vence_hasta", "Vencimiento"),
        Range("emision_desde", "emision_hasta", "Emisión"),
        Range("pagada_desde", "pagada_hasta", "Pagada"),
        Range("vigencia_desde", "vigencia_hasta", "Vigencia"),
        Range("importe_min", "importe_max", "Importe"),
    )
    groups: ClassVar[Groups] = (
        ("Filtros", ("linea", "estado", "desde", "hasta")),
        *PolicyFilters.groups,
        (
            "Fechas",
            (
                "vence_desde", "vence_hasta", "emision_desde", "emision_hasta",
                "pagada_desde", "pagada_hasta", "vigencia_desde", "vigencia_hasta",
            ),
        ),
        ("Deuda", ("tramo", "importe_min", "importe_max", "en_riesgo", "canal", "con_rechazo")),
        (
            "Documentos",
            (
                "comprobante", "tipo_comprobante", "con_comprobante",
                "liquidacion", "aviso", "placa",
            ),
        ),
        ("Gestión", ("ejecutivo", "sucursal")),
    )  # fmt: skip

    def adapt(self, fields: dict[str, forms.Field]) -> None:
        only_lines_of(self.reader, fields["linea"])

    def by_state(self, rows: QuerySet[Any], _name: str, states: list[str]) -> QuerySet[Any]:
        wanted = Q()
        for state in states:
            wanted |= state_is(state, self.as_of)
        return rows.filter(wanted)

    def by_band(self, rows: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        return rows.filter(band(key, self.as_of))

    def by_voucher(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(voucher_number=voucher_number(text) or text.upper())

    def by_notice(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(begins_with_any_zeros("collection_notice", text))

    def by_plate(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(plate__iexact=text.replace(" ", ""))

    def with_voucher(self, rows: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        empty = Q(voucher_number="")
        return rows.filter(~empty if answer == "si" else empty)

    def with_rejection(self, rows: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        return rows.filter(rejected_on__isnull=answer == "no")

    def at_risk(self, rows: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        near = near_suspension(self.as_of)
        return rows.filter(near) if answer == "si" else rows.exclude(near)
