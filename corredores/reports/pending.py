"""R01: everything owed on a day, by policyholder and policy."""

from typing import Any

from django.db.models import QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.installments.listing import CUOTAS
from corredores.listings import Listing, Total
from corredores.portfolio.filtering import yes_no

from .columns import (
    AGE,
    CURRENCY,
    LAST_PAYMENT,
    LAST_REJECTION,
    OWED,
    POLICY_OF_CUOTA,
    STATE_THEN,
    VOUCHER,
    of,
)
from .filters import AsOf, How
from .line_report import line_report
from .owed import owed_installments


class PendingFilters(AsOf, How):
    """`por_vencer=no` leaves out what is not yet due."""

    por_vencer = yes_no("Incluir por vencer", "with_not_yet_due")

    def with_not_yet_due(self, rows: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        return rows.filter(due_on__lt=self.as_of) if answer == "no" else rows


def pending_installments(line: BusinessLine) -> Listing:
    """R01 Cuotas pendientes de pago."""
    return line_report(
        line,
        slug="cuotas-pendientes",
        title="Cuotas pendientes de pago",
        noun=("cuota", "cuotas"),
        purpose="Todo lo que se debe a la fecha de corte, por contratante y póliza.",
        rows=owed_installments,
        filters=PendingFilters,
        order=("vencimiento", "cuota"),
        subtotals=("contratante", "poliza"),
        totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
        columns=(
            *POLICY_OF_CUOTA,
            *of(CUOTAS, "vencimiento"),
            AGE,
            LAST_PAYMENT,
            *of(CUOTAS, "canal"),
            STATE_THEN,
            *LAST_REJECTION,
            CURRENCY,
            *of(CUOTAS, "importe"),
            OWED,
            *VOUCHER,
        ),
    )
