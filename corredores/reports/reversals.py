"""R09: what was undone: credit notes, void cuotas and refunds, with the commission they take."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right, Viewer
from corredores.listings import Choice, Column, Date, Listing, Money, Text, Total
from corredores.listings.filters import Range, date_field
from corredores.portfolio.documents import DocumentType, masked
from corredores.portfolio.queries import policyholders_named
from corredores.vouchers.catalogues import CREDIT_REASONS

from .columns import BRANCH, CURRENCY, PRODUCT
from .filters import LastTwoMonths, Where
from .line_report import line_report
from .models import Reversal, ReversalKind

_REASONS = {code: f"{code} · {text}" for code, text in CREDIT_REASONS.items()}


class ReversalFilters(LastTwoMonths, Where):
    """`desde` and `hasta` are days of issue; `contratante` is whom the note was issued to."""

    desde = date_field("Emitida desde", field_name="issued_on", lookup_expr="gte")
    hasta = date_field("Emitida hasta", field_name="issued_on", lookup_expr="lte")
    ranges: ClassVar = (Range("desde", "hasta", "Emisión"),)

    def by_policyholder(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        named = policyholders_named(self.reader, value)
        same = named.filter(doc_type=OuterRef("doc_type"), doc_number=OuterRef("doc_number"))
        return rows.filter(Exists(same))


def reversals_of(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """The viewer's negative movements. What is undone is so on every later day."""
    del as_of
    return Reversal.objects.visible_to(viewer)


def reversals(line: BusinessLine) -> Listing:
    """R09 Anulaciones y notas de crédito."""
    return line_report(
        line,
        slug="anulaciones-y-notas-de-credito",
        title="Anulaciones y notas de crédito",
        noun=("movimiento", "movimientos"),
        purpose="Notas de crédito, cuotas anuladas y devoluciones, con el extorno de comisión.",
        rows=reversals_of,
        filters=ReversalFilters,
        order=("emision", "comprobante"),
        subtotals=("producto",),
        totals=(Total("importe", "Importe"), Total("extorno", "Extorno de comisión")),
        columns=(
            Column("emision", "Emisión", "issued_on", Date()),
            Column("tipo", "Tipo", "kind", Choice(labels=dict(ReversalKind.choices))),
            Column("comprobante", "Nota de crédito", "document", Text(), under="tipo"),
            Column("modifica", "Documento que modifica", "modifies", Text()),
            Column("motivo", "Motivo", "reason", Choice(labels=_REASONS), under="modifica"),
            Column("poliza", "Nº póliza", "policy_number", Text()),
            PRODUCT,
            BRANCH,
            Column("contratante", "Contratante", "name", Text(width=36)),
            Column("tipo_doc", "Tipo doc.", "doc_type",
                   Choice(labels=dict(DocumentType.choices)), under="contratante"),
            Column("num_doc", "Nº documento", "doc_number", Text(), under="contratante",
                   right=Right.DOCUMENTS, otherwise=masked("doc_number")),
            CURRENCY,
            Column("importe", "Importe", "amount", Money()),
            Column("extorno", "Extorno de comisión", "commission", Money(),
                   right=Right.COMMISSION),
            Column("id_cuota", "Id de cuota", "external_id", Text(), page=False),
        ),
    )  # fmt: skip
