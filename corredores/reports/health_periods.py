"""R13: what was billed of each contract month by month, and what does not join."""

import datetime as dt
from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Viewer
from corredores.installments.listing import CUOTAS, STATE
from corredores.installments.queries import not_yet_due, overdue
from corredores.installments.status import Derived, Status
from corredores.listings import Choice, Column, Date, Listing, Money, Text, Total
from corredores.listings.filters import Range, date_field
from corredores.portfolio.expressions import DaysAfter

from .columns import BRANCH, CURRENCY, POLICYHOLDER, PRODUCT, of
from .expressions import month_of
from .filters import LastTwoMonths, Where
from .line_report import line_report
from .models import HealthPeriod

FLAGS = {
    "DUPLICADA": "Facturada más de una vez",
    "TRASLAPE": "Se cruza con un periodo anterior",
    "FALTA": "Falta el periodo anterior",
}


class PeriodFilters(LastTwoMonths, Where):
    """Periods of which a day lies between `desde` and `hasta`."""

    desde = date_field("Vigencia desde", field_name="coverage_end", lookup_expr="gte")
    hasta = date_field("Vigencia hasta", field_name="coverage_start", lookup_expr="lte")
    ranges: ClassVar = (Range("desde", "hasta", "Vigencia"),)


def health_periods(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Cuotas of Health with their `period` as `2026-09` and what is odd about it: `flag`.

    A period joins the one before it on the same day or on the next.
    """
    joined = DaysAfter(F("coverage_start"), Value(-1))
    pending = {"status": Status.PENDING}
    return HealthPeriod.objects.visible_to(viewer).annotate(
        period=month_of("coverage_start"),
        flag=Case(
            When(times__gt=1, then=Value("DUPLICADA")),
            When(earlier_end__gt=F("coverage_start"), then=Value("TRASLAPE")),
            When(earlier_end__lt=joined, then=Value("FALTA")),
            default=Value(""),
            output_field=CharField(),
        ),
        state=Case(
            When(overdue(as_of), **pending, then=Value(Derived.OVERDUE)),
            When(not_yet_due(as_of), **pending, then=Value(Derived.DUE)),
            default=F("status"),
            output_field=CharField(),
        ),
        number_of_count=Concat(
            Cast("number", TextField()), Value("/"), Cast("count", TextField()),
            output_field=CharField(),
        ),
    )  # fmt: skip


def invoices_by_period(line: BusinessLine) -> Listing:
    """R13 Facturas EPS/Salud por periodo de vigencia."""
    return line_report(
        line,
        slug="facturas-por-periodo",
        title="Facturas EPS/Salud por periodo de vigencia",
        noun=("factura", "facturas"),
        purpose="Lo facturado de cada contrato mes a mes: faltantes, duplicados y cruces.",
        rows=health_periods,
        filters=PeriodFilters,
        order=("inicio", "fin", "cuota"),
        subtotals=("contrato",),
        matrix=("contrato", "producto", "contratante", "periodo", "observacion"),
        totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
        columns=(
            Column("contrato", "Contrato", "policy_number", Text(), group="product_code"),
            replace(PRODUCT, title="Plan", under="contrato"),
            replace(CUOTAS.column("endoso"), under="contrato"),
            *of(CUOTAS, "certificado"),
            POLICYHOLDER,
            *of(CUOTAS, "tipo_doc", "num_doc"),
            BRANCH,
            Column("periodo", "Periodo", "period", Text(width=10)),
            *of(CUOTAS, "inicio", "fin", "cuota"),
            Column("factura", "Factura", "voucher_number", Text()),
            Column("emision_factura", "Emisión de la factura", "voucher_issued_on", Date(),
                   under="factura"),
            *of(CUOTAS, "vencimiento"),
            Column("estado", "Estado", "state", STATE),
            Column("observacion", "Observación", "flag", Choice(labels=FLAGS)),
            Column("cubierto_hasta", "Cubierto antes hasta", "earlier_end", Date(),
                   under="observacion"),
            CURRENCY,
            Column("importe", "Importe", "total", Money()),
            Column("saldo", "Saldo", "balance", Money()),
            *of(CUOTAS, "id_cuota"),
        ),
    )  # fmt: skip
