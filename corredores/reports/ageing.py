"""R03: the ageing of what is owed, by policyholder and currency."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from corredores.accounts.business_line import BusinessLine
from corredores.installments.ageing import BANDS
from corredores.installments.listing import CUOTAS
from corredores.listings import Column, Integer, Listing, Money, Percent, Total
from corredores.portfolio.expressions import days_past
from corredores.portfolio.filtering import choice

from .columns import CURRENCY, POLICYHOLDER, of
from .expressions import share_of_currency
from .filters import AsOf, How
from .line_report import line_report
from .owed import owed_installments

BASES = (("VENCIMIENTO", "Fecha de vencimiento"), ("VIGENCIA", "Inicio de vigencia"))


class AgeingFilters(AsOf, How):
    """`base`: the date from which days are counted; they must not be mixed."""

    base = choice("Días desde", BASES, method="counted_from")
    defaults: ClassVar = {**AsOf.defaults, "base": lambda _today: "VENCIMIENTO"}

    def counted_from(self, rows: QuerySet[Any], _name: str, base: str) -> QuerySet[Any]:
        if base == "VIGENCIA":
            # A cuota of Generales may come without a coverage of its own.
            rows = rows.annotate(age=days_past(self.as_of, Coalesce("coverage_start", "due_on")))
        return rows


def _in_band(first: int | None, last: int | None) -> Callable[[str], Aggregate]:
    low = Q() if first is None else Q(age__gte=first)
    high = Q() if last is None else Q(age__lte=last)
    return lambda field: Sum(field, filter=low & high, default=Decimal(0))


def _name(key: str) -> str:
    """`1-30` → `tramo_1_30`, `91+` → `tramo_91_mas`: a word that an address can hold."""
    return "tramo_" + key.lower().replace("-", "_").replace("+", "_mas")


def _band_columns() -> tuple[Column, ...]:
    return tuple(
        Column(_name(key), label, "owed", Money(), combine=_in_band(first, last))
        for key, label, first, last in BANDS
    )


def ageing_of_debt(line: BusinessLine) -> Listing:
    """R03 Antigüedad de deuda."""
    bands = _band_columns()
    return line_report(
        line,
        slug="antiguedad-de-deuda",
        title="Antigüedad de deuda",
        noun=("contratante", "contratantes"),
        purpose="La deuda de cada contratante por tramos de días vencidos, y su peso en el total.",
        rows=owed_installments,
        filters=AgeingFilters,
        group_by=(
            "policyholder_id", "policyholder__name", "policyholder__folded_name",
            "policyholder_doc_type", "policyholder_doc_number", "currency",
        ),
        key=("policyholder_id", "currency"),
        order=("contratante", "moneda"),
        totals=(*(Total(band.name, band.title) for band in bands), Total("total", "Total")),
        columns=(
            POLICYHOLDER,
            *of(CUOTAS, "tipo_doc", "num_doc"),
            CURRENCY,
            Column("cuotas", "Cuotas", "pk", Integer(), combine=Count),
            *bands,
            Column("total", "Total", "owed", Money(), combine=Sum),
            Column("porcentaje", "% del total", "owed", Percent(), combine=share_of_currency),
        ),
    )  # fmt: skip
