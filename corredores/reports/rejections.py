"""R07: automatic charges that were refused, by reason."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import ExtractIsoWeekDay

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Viewer
from corredores.installments.listing import CUOTAS
from corredores.installments.queries import OWED, installments_of
from corredores.listings import Column, Date, Integer, Listing, Text, Total
from corredores.listings.filters import Range, date_field, text_field
from corredores.portfolio.expressions import DaysAfter

from .columns import CURRENCY, POLICY_OF_CUOTA, of
from .filters import How, LastTwoMonths
from .line_report import line_report

# What insurers do with a refused charge: present it again five working days later, and after
# the last attempt send a slip to be paid by hand (MSIG Brasil, FAQ de cobrança). Holidays are
# not known here, so the date is an estimate.
MOST_ATTEMPTS = 3
_SATURDAY, _SUNDAY = 6, 7
ESTIMATED = (
    "Nota",
    f"La próxima presentación es estimada: cinco días útiles después del rechazo, hasta "
    f"{MOST_ATTEMPTS} intentos.",
)


class RejectionFilters(LastTwoMonths, How):
    """`desde` and `hasta` are days of rejection."""

    desde = date_field("Rechazado desde", field_name="rejected_on", lookup_expr="gte")
    hasta = date_field("Rechazado hasta", field_name="rejected_on", lookup_expr="lte")
    motivo = text_field("Motivo", field_name="rejection_reason", lookup_expr="icontains")
    ranges = (Range("desde", "hasta", "Rechazo"),)


def rejected_installments(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Cuotas with a refused charge; `next_charge` only while it is owed and still to come."""
    weekday = ExtractIsoWeekDay("rejected_on")
    again = DaysAfter(
        F("rejected_on"),
        Case(
            When(rejected_weekday=_SATURDAY, then=Value(6)),
            When(rejected_weekday=_SUNDAY, then=Value(5)),
            default=Value(7),
            output_field=IntegerField(),
        ),
    )
    rows = installments_of(viewer, as_of).filter(rejected_on__isnull=False)
    rows = rows.annotate(rejected_weekday=weekday, presented_again=again)
    return rows.annotate(
        next_charge=Case(
            When(OWED, rejection_attempts__lt=MOST_ATTEMPTS, presented_again__gte=as_of,
                 then=F("presented_again"))
        )
    )  # fmt: skip


def rejections(line: BusinessLine) -> Listing:
    """R07 Rechazos de cargo automático."""
    return line_report(
        line,
        slug="rechazos-de-cargo",
        title="Rechazos de cargo automático",
        noun=("rechazo", "rechazos"),
        purpose="Los cargos en cuenta o tarjeta que no pasaron, por motivo, para corregirlos.",
        notes=(ESTIMATED,),
        rows=rejected_installments,
        filters=RejectionFilters,
        order=("rechazo", "poliza"),
        subtotals=("motivo", "contratante"),
        totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
        columns=(
            Column("motivo", "Motivo", "rejection_reason", Text(width=22)),
            *POLICY_OF_CUOTA,
            *of(CUOTAS, "vencimiento", "dias"),
            Column("rechazo", "Fecha de rechazo", "rejected_on", Date()),
            Column("intento", "Intento", "rejection_attempts", Integer(), under="rechazo"),
            Column("proxima", "Próxima presentación (est.)", "next_charge", Date()),
            replace(CUOTAS.column("canal"), under="rechazo"),
            *of(CUOTAS, "estado"),
            CURRENCY,
            *of(CUOTAS, "importe", "saldo", "id_cuota"),
        ),
    )
