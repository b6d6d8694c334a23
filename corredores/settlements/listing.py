"""The list of premium settlements (Life)."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right, Viewer
from corredores.installments.filters import STATES
from corredores.installments.listing import STATE, VOUCHER
from corredores.installments.queries import state_is
from corredores.listings import (
    Choice,
    Column,
    Date,
    Days,
    Integer,
    Link,
    Listing,
    Money,
    Text,
    Total,
)
from corredores.listings.filters import Groups, Range, date_field, text_field
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType, masked
from corredores.portfolio.filtering import PolicyFilters, choice, same_day, two_months_before
from corredores.portfolio.numbers import voucher_number

from .models import SettlementType
from .queries import settlements_of


class LiquidacionesFilters(PolicyFilters):
    """Absent `desde`/`hasta` mean the last two months of fecha de pago; empty ones are open."""

    estado = django_filters.MultipleChoiceFilter(
        label="Estado", choices=STATES, method="by_state", widget=forms.CheckboxSelectMultiple
    )
    desde = date_field("Fecha de pago desde", field_name="payment_date", lookup_expr="gte")
    hasta = date_field("Fecha de pago hasta", field_name="payment_date", lookup_expr="lte")
    liquidacion = text_field("Nº de liquidación", field_name="number")
    tipo = choice("Tipo de liquidación", SettlementType.choices, field_name="type")
    comprobante = text_field("Nº de comprobante", method="by_voucher")
    vence_desde = date_field("Vence desde", field_name="due_on", lookup_expr="gte")
    vence_hasta = date_field("Vence hasta", field_name="due_on", lookup_expr="lte")
    emision_desde = date_field("Emitida desde", field_name="issued_on", lookup_expr="gte")
    emision_hasta = date_field("Emitida hasta", field_name="issued_on", lookup_expr="lte")
    vigencia_desde = date_field("Vigencia desde", field_name="coverage_end", lookup_expr="gte")
    vigencia_hasta = date_field("Vigencia hasta", field_name="coverage_start", lookup_expr="lte")
    importe_min = django_filters.NumberFilter(
        label="Importe desde", field_name="total", lookup_expr="gte", max_digits=14
    )
    importe_max = django_filters.NumberFilter(
        label="Importe hasta", field_name="total", lookup_expr="lte", max_digits=14
    )

    defaults: ClassVar = {"desde": two_months_before, "hasta": same_day}
    ranges: ClassVar = (
        Range("desde", "hasta", "Fecha de pago"),
        Range("vence_desde", "vence_hasta", "Vencimiento"),
        Range("emision_desde", "emision_hasta", "Emisión"),
        Range("vigencia_desde", "vigencia_hasta", "Vigencia"),
        Range("importe_min", "importe_max", "Importe"),
    )
    groups: ClassVar[Groups] = (
        ("Filtros", ("estado", "tipo", "desde", "hasta")),
        *PolicyFilters.groups,
        ("Documentos", ("liquidacion", "comprobante")),
        (
            "Fechas",
            (
                "vence_desde", "vence_hasta", "emision_desde", "emision_hasta",
                "vigencia_desde", "vigencia_hasta",
            ),
        ),
        ("Importes", ("importe_min", "importe_max")),
    )  # fmt: skip

    def by_state(self, rows: QuerySet[Any], _name: str, states: list[str]) -> QuerySet[Any]:
        wanted = Q()
        for state in states:
            wanted |= state_is(state, self.as_of)
        return rows.filter(wanted)

    def by_voucher(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(voucher_number=voucher_number(text) or text.upper())


def may_read_life(viewer: Viewer) -> bool:
    """Settlements exist in Life only, so only those who may see Life read them."""
    return viewer.brokerage_id is not None and BusinessLine.VIDA in viewer.lines


LIQUIDACIONES = Listing(
    slug="liquidaciones",
    title="Liquidaciones de prima",
    noun=("liquidación", "liquidaciones"),
    purpose="Liquidaciones de prima de las pólizas de Vida, con sus comprobantes.",
    rows=settlements_of,
    filters=LiquidacionesFilters,
    permission=may_read_life,
    order=("-fecha_pago",),
    totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
    columns=(
        Column("liquidacion", "Liquidación", "number",
               Link(address="/liquidaciones/{}.pdf", key="number")),
        Column("tipo", "Tipo", "type", Choice(labels=dict(SettlementType.choices)),
               under="liquidacion"),
        Column("poliza", "Nº póliza", "policy_number", Text()),
        Column("producto", "Producto", "product", Text(width=22), under="poliza"),
        Column("contratante", "Contratante", "policyholder_name", Text(width=36),
               sort="policyholder_folded"),
        Column("tipo_doc", "Tipo doc.", "policyholder_doc_type",
               Choice(labels=dict(DocumentType.choices)), under="contratante"),
        Column("num_doc", "Nº documento", "policyholder_doc_number", Text(), under="contratante",
               right=Right.DOCUMENTS, otherwise=masked("policyholder_doc_number")),
        Column("inicio", "Inicio vigencia", "coverage_start", Date()),
        Column("fin", "Fin vigencia", "coverage_end", Date(phrase="al\xa0{}"), under="inicio"),
        Column("asegurados", "Asegurados", "insured_count", Integer()),
        Column("planilla", "Planilla", "payroll", Money(), page=False),
        Column("emision", "Emisión", "issued_on", Date()),
        Column("vencimiento", "Vence", "due_on", Date()),
        Column("dias", "Días vencidos", "days_overdue", Days(), under="vencimiento"),
        Column("fecha_pago", "Fecha de pago", "payment_date", Date()),
        Column("estado", "Estado", "state", STATE, sort="status"),
        Column("moneda", "Moneda", "currency", Choice(labels=dict(Currency.choices)), page=False),
        Column("importe", "Importe", "total", Money()),
        Column("saldo", "Saldo", "balance", Money()),
        Column("comprobante", "Comprobante", "voucher_number", VOUCHER),
    ),
)  # fmt: skip
