"""R02: the cuotas in chosen states, charges apart from refunds."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Viewer
from corredores.installments.filters import STATES
from corredores.installments.listing import CUOTAS
from corredores.installments.queries import installments_of, state_is
from corredores.listings import Choice, Column, Listing, Total
from corredores.listings.filters import Range, date_field

from .columns import BRANCH, CURRENCY, POLICY_OF_CUOTA, STATE_THEN, VOUCHER, of
from .filters import How, LastTwoMonths
from .line_report import line_report

KINDS = {"COBRO": "Cobro", "DEVOLUCION": "Devolución"}


class StateFilters(LastTwoMonths, How):
    """Several states are one or the other."""

    estado = django_filters.MultipleChoiceFilter(
        label="Estado", choices=STATES, method="by_state", widget=forms.CheckboxSelectMultiple
    )
    desde = date_field("Fecha de pago desde", field_name="payment_date", lookup_expr="gte")
    hasta = date_field("Fecha de pago hasta", field_name="payment_date", lookup_expr="lte")
    ranges = (Range("desde", "hasta", "Fecha de pago"),)

    def by_state(self, rows: QuerySet[Any], _name: str, states: list[str]) -> QuerySet[Any]:
        wanted = Q()
        for state in states:
            wanted |= state_is(state, self.as_of)
        return rows.filter(wanted)


def charges_and_refunds(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """The viewer's cuotas, each with its `kind`, a key of KINDS."""
    refund = When(total__lt=0, then=Value("DEVOLUCION"))
    kind = Case(refund, default=Value("COBRO"), output_field=CharField())
    return installments_of(viewer, as_of).annotate(kind=kind)


def installments_by_state(line: BusinessLine) -> Listing:
    """R02 Cuotas por estado."""

    return line_report(
        line,
        slug="cuotas-por-estado",
        title="Cuotas por estado",
        noun=("cuota", "cuotas"),
        purpose="Las cuotas en los estados elegidos, los cobros aparte de las devoluciones.",
        rows=charges_and_refunds,
        filters=StateFilters,
        order=("fecha_pago",),
        subtotals=("sucursal", "producto", "tipo"),
        totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
        columns=(
            BRANCH,
            *POLICY_OF_CUOTA,
            *of(CUOTAS, "vencimiento", "dias", "fecha_pago", "canal"),
            STATE_THEN,
            Column("tipo", "Tipo", "kind", Choice(labels=KINDS), under="estado"),
            CURRENCY,
            *of(CUOTAS, "importe", "saldo"),
            *VOUCHER,
        ),
    )
