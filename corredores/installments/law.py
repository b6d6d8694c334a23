"""The legal clock of an unpaid cuota, in calendar days after its due date; always estimated.

Ley 29946 and Reglamento del Pago de Primas (Res. SBS 3198-2013): cover is suspended after 30
days, and after 90 the contract is extinguished if the insurer has not claimed payment. Both
terms are data per product (portfolio.ProductTerms), as clauses may better them.
"""

from django.conf import settings
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from corredores.portfolio.expressions import DaysAfter
from corredores.portfolio.models import ProductTerms


def suspension_on() -> DaysAfter:
    """The last day before cover is suspended: due date + term + extra term."""
    days = F("suspension_days") + F("extra_days")
    return DaysAfter(F("due_on"), Coalesce(_term(days), Value(settings.GRACE_DAYS)))


def extinction_on() -> DaysAfter:
    """The estimated day of extinction."""
    return DaysAfter(
        F("due_on"), Coalesce(_term(F("extinction_days")), Value(settings.EXTINCTION_DAYS))
    )


def _term(days: Combinable) -> Subquery:
    terms = ProductTerms.objects.filter(
        line=OuterRef("line"), product_code=OuterRef("product_code")
    )
    return Subquery(terms.annotate(days=days).values("days")[:1])
