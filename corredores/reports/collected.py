"""R06: what was paid in a period."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import NullIf, Round

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right, Viewer
from corredores.installments.listing import CUOTAS
from corredores.installments.queries import installments_of
from corredores.installments.status import Status
from corredores.listings import Column, Date, Listing, Money, Total
from corredores.listings.filters import Range, date_field

from .columns import CURRENCY, POLICY_OF_CUOTA, VOUCHER, of
from .filters import How, LastTwoMonths
from .line_report import line_report


class CollectedFilters(LastTwoMonths, How):
    """`desde` and `hasta` are days of payment: `payment_date`, which is the one with the index."""

    desde = date_field("Pagada desde", field_name="payment_date", lookup_expr="gte")
    hasta = date_field("Pagada hasta", field_name="payment_date", lookup_expr="lte")
    ranges = (Range("desde", "hasta", "Pagada"),)


def collected_installments(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Cuotas paid, whole or in part: `collected`, and the `commission` that goes with it.

    What a credit note settled was not collected; what was given back is a reversal (R09).
    The core may leave out what was paid of a cuota that is paid whole.
    """
    rows = installments_of(viewer, as_of).filter(
        paid_on__isnull=False, status__in=(Status.PAID, Status.PARTIAL)
    )
    whole = Q(status=Status.PAID, paid=0)
    part = F("commission_amount") * F("paid") / NullIf(F("total"), Value(Decimal(0)))
    return rows.annotate(
        collected=Case(When(whole, then=F("total")), default=F("paid")),
        commission=Case(
            When(status=Status.PAID, then=F("commission_amount")), default=Round(part, 2)
        ),
    )


def collections(line: BusinessLine) -> Listing:
    """R06 Cobranza efectuada."""
    return line_report(
        line,
        slug="cobranza-efectuada",
        title="Cobranza efectuada",
        noun=("pago", "pagos"),
        purpose="Los pagos del periodo por día, canal y producto, con su comprobante.",
        rows=collected_installments,
        filters=CollectedFilters,
        order=("contratante", "poliza", "cuota"),
        subtotals=("fecha_pago", "canal", "producto"),
        summaries=(("canal",), ("producto",)),
        totals=(Total("cobrado", "Cobrado"), Total("comision", "Comisión")),
        columns=(
            Column("fecha_pago", "Fecha de pago", "paid_on", Date()),
            Column("abono", "Fecha de abono", "posted_on", Date(), under="fecha_pago"),
            *of(CUOTAS, "canal"),
            *POLICY_OF_CUOTA,
            *of(CUOTAS, "vencimiento", "estado"),
            CURRENCY,
            *of(CUOTAS, "importe"),
            Column("cobrado", "Cobrado", "collected", Money()),
            Column("comision", "Comisión", "commission", Money(), right=Right.COMMISSION),
            *VOUCHER,
        ),
    )
