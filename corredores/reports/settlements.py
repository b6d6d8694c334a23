"""R10 and R11: premium settlements of Life, those to be paid and those paid."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Viewer
from corredores.installments.status import Status
from corredores.listings import Choice, Column, Date, Listing, Text, Total
from corredores.listings.filters import Range, date_field
from corredores.settlements.listing import LIQUIDACIONES
from corredores.settlements.queries import settlements_of
from corredores.vouchers.models import VoucherType

from .columns import AGE, CURRENCY, OWED, POLICY_OF_SETTLEMENT, STATE_THEN, of
from .expressions import month_of
from .filters import AsOf, LastTwoMonths, Whose
from .line_report import line_report
from .owed import owed_settlements


class OwedFilters(AsOf, Whose):
    """As of a day."""


class PaidFilters(LastTwoMonths, Whose):
    """`desde` and `hasta` are days of payment: `payment_date`, which is the one with the index."""

    desde = date_field("Pagada desde", field_name="payment_date", lookup_expr="gte")
    hasta = date_field("Pagada hasta", field_name="payment_date", lookup_expr="lte")
    ranges: ClassVar = (Range("desde", "hasta", "Pagada"),)


def paid_settlements(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Settlements paid whole, with the month of payment as `2026-09`."""
    rows = settlements_of(viewer, as_of).filter(status=Status.PAID)
    return rows.annotate(month=month_of("paid_on"))


def pending_settlements(line: BusinessLine) -> Listing:
    """R10 Liquidaciones de prima pendientes y vencidas."""
    return line_report(
        line,
        slug="liquidaciones-pendientes",
        title="Liquidaciones pendientes y vencidas",
        noun=("liquidación", "liquidaciones"),
        purpose="Las liquidaciones de prima por pagar a la fecha de corte, por contratante.",
        rows=owed_settlements,
        filters=OwedFilters,
        order=("vencimiento", "liquidacion"),
        subtotals=("contratante", "poliza"),
        totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
        columns=(
            *POLICY_OF_SETTLEMENT,
            *of(LIQUIDACIONES, "emision", "vencimiento"),
            AGE,
            STATE_THEN,
            CURRENCY,
            *of(LIQUIDACIONES, "importe"),
            OWED,
        ),
    )


def settlements_paid(line: BusinessLine) -> Listing:
    """R11 Liquidaciones pagadas y su comprobante."""
    return line_report(
        line,
        slug="liquidaciones-pagadas",
        title="Liquidaciones pagadas y su comprobante",
        noun=("liquidación", "liquidaciones"),
        purpose="Las liquidaciones pagadas en el periodo, por mes, con su comprobante.",
        rows=paid_settlements,
        filters=PaidFilters,
        order=("fecha_pago", "liquidacion"),
        subtotals=("mes",),
        totals=(Total("importe", "Importe"),),
        columns=(
            Column("mes", "Mes de pago", "month", Text(width=10)),
            *POLICY_OF_SETTLEMENT,
            *of(LIQUIDACIONES, "vencimiento"),
            Column("fecha_pago", "Fecha de pago", "paid_on", Date()),
            CURRENCY,
            *of(LIQUIDACIONES, "importe", "comprobante"),
            Column("tipo_comprobante", "Tipo de comprobante", "voucher_type",
                   Choice(labels=dict(VoucherType.choices)), under="comprobante"),
            Column("fecha_comprobante", "Fecha del comprobante", "voucher_issued_on", Date(),
                   under="comprobante"),
        ),
    )  # fmt: skip
