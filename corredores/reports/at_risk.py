"""R04: policies about to lose their cover for what is owed, the most urgent first.

The oldest cuota of a policy decides (Ley 29946, Res. SBS 3198-2013); terms are per product.
"""

import datetime as dt
from dataclasses import replace
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Sum,
    Value,
    When,
)

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right, Viewer
from corredores.installments.listing import CUOTAS
from corredores.listings import Choice, Column, Date, Days, Integer, Listing, Money, Text, Total
from corredores.portfolio.filtering import choice

from .columns import CURRENCY, POLICY, POLICYHOLDER, of
from .expressions import oldest
from .filters import AsOf, Where
from .line_report import line_report
from .owed import owed_installments

HORIZONS = sorted({7, 15, 30, settings.RISK_HORIZON_DAYS})
# The codes are in the order of urgency; what may be past saving comes last.
URGENCIES = {
    "1_EXTINCION": "Extinción próxima",
    "2_SUSPENDIDA": "Suspendida",
    "3_SUSPENSION": "Suspensión próxima",
    "4_EN_PLAZO": "Dentro del plazo",
    "5_EXTINGUIDA": "Extinción cumplida",
}
_TONES = {
    "1_EXTINCION": "late", "2_SUSPENDIDA": "late", "3_SUSPENSION": "due",
    "4_EN_PLAZO": "neutral", "5_EXTINGUIDA": "void",
}  # fmt: skip
URGENCY = Choice(labels=URGENCIES, tones=_TONES)
ESTIMATED = (
    "Nota",
    "Suspensión y extinción son fechas estimadas por los plazos de ley de cada producto, en días "
    "calendario desde el vencimiento de la cuota más antigua; manda lo que informe la aseguradora.",
)


class RiskFilters(AsOf, Where):
    """`dias`: how far ahead a suspension counts; empty, every policy with something overdue."""

    dias = choice("Horizonte", [(str(n), f"{n} días") for n in HORIZONS], method="within")
    defaults: ClassVar = {**AsOf.defaults, "dias": lambda _today: settings.RISK_HORIZON_DAYS}

    def within(self, rows: QuerySet[Any], _name: str, days: str) -> QuerySet[Any]:
        """Whole policies: paying only what is near its term would not bring the cover back."""
        last = self.as_of + dt.timedelta(days=int(days))
        near = self.now_owed(overdue_installments(self.reader, self.as_of)).filter(
            line=OuterRef("line"),
            product_code=OuterRef("product_code"),
            policy_number=OuterRef("policy_number"),
            suspends_on__lte=last,
        )
        found: QuerySet[Any] = rows.annotate(urgency=urgency(self.as_of, int(days)))
        return found.filter(Exists(near))


def urgency(as_of: dt.date, horizon: int) -> Case:
    """A key of URGENCIES. The last day of a term still belongs to it."""
    last = as_of + dt.timedelta(days=horizon)
    return Case(
        When(extinguishes_on__lt=as_of, then=Value("5_EXTINGUIDA")),
        When(suspends_on__lt=as_of, extinguishes_on__lte=last, then=Value("1_EXTINCION")),
        When(suspends_on__lt=as_of, then=Value("2_SUSPENDIDA")),
        When(suspends_on__lte=last, then=Value("3_SUSPENSION")),
        default=Value("4_EN_PLAZO"),
        output_field=CharField(),
    )


def overdue_installments(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Cuotas owed past their due date, each with its own `urgency`."""
    rows: QuerySet[Any] = owed_installments(viewer, as_of).annotate(
        urgency=urgency(as_of, settings.RISK_HORIZON_DAYS)
    )
    return rows.filter(due_on__lt=as_of)


def policies_at_risk(line: BusinessLine) -> Listing:
    """R04 Pólizas en riesgo de suspensión / extinción."""
    return line_report(
        line,
        slug="polizas-en-riesgo",
        title="Pólizas en riesgo de suspensión / extinción",
        noun=("póliza", "pólizas"),
        purpose="A quién llamar antes de que su póliza se suspenda (día 30) o se extinga (día 90).",
        notes=(ESTIMATED,),
        rows=overdue_installments,
        filters=RiskFilters,
        group_by=(
            "policyholder_id", "policyholder__name", "policyholder__folded_name",
            "policyholder__phone", "policyholder__email", "policyholder_doc_type",
            "policyholder_doc_number", "product_code", "policy_number", "currency",
        ),
        key=("policyholder_id", "product_code", "policy_number", "currency"),
        order=("vencimiento", "contratante"),
        subtotals=("urgencia",),
        totals=(Total("deuda", "Deuda para rehabilitar"),),
        columns=(
            Column("urgencia", "Urgencia", "urgency", URGENCY, combine=oldest),
            POLICYHOLDER,
            *of(CUOTAS, "tipo_doc", "num_doc"),
            Column("telefono", "Teléfono", "policyholder__phone", Text(), under="contratante",
                   right=Right.DOCUMENTS),
            Column("correo", "Correo", "policyholder__email", Text(width=26), under="contratante",
                   right=Right.DOCUMENTS),
            replace(POLICY, group=""),
            Column("producto", "Producto", "product", Text(width=22), under="poliza", combine=Max),
            Column("cuotas", "Cuotas vencidas", "pk", Integer(), combine=Count),
            Column("cuota", "Cuota más antigua", "number_of_count", Text(width=8), combine=oldest),
            Column("vencimiento", "Venció", "due_on", Date(), under="cuota", combine=Min),
            Column("dias", "Días vencidos", "age", Days(), combine=Max),
            Column("limite", "Límite antes de suspensión (est.)", "suspends_on", Date(),
                   combine=Min),
            Column("extincion", "Extinción (est.)", "extinguishes_on", Date(), combine=Min),
            CURRENCY,
            Column("deuda", "Deuda para rehabilitar", "owed", Money(), combine=Sum),
        ),
    )  # fmt: skip
