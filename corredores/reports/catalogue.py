"""Which reports each business line has (domain.md §6), in the order of the dialog."""

from collections.abc import Mapping

from corredores.accounts.business_line import BusinessLine
from corredores.listings import Listing

from .ageing import ageing_of_debt
from .at_risk import policies_at_risk
from .by_state import installments_by_state
from .collected import collections
from .health_periods import invoices_by_period
from .pending import pending_installments
from .rejections import rejections
from .reversals import reversals
from .settlements import pending_settlements, settlements_paid

_DECLARED = {
    BusinessLine.GENERALES: (
        pending_installments, installments_by_state, ageing_of_debt, policies_at_risk,
        collections, rejections, reversals,
    ),
    BusinessLine.VIDA: (pending_installments, collections, pending_settlements, settlements_paid),
    BusinessLine.SALUD: (pending_installments, ageing_of_debt, collections, invoices_by_period),
}  # fmt: skip

REPORTS: Mapping[BusinessLine, tuple[Listing, ...]] = {
    line: tuple(declare(line) for declare in declared) for line, declared in _DECLARED.items()
}


def report(line: BusinessLine, slug: str) -> Listing:
    """The report of `line` at that address; KeyError where there is none."""
    return {found.slug: found for found in REPORTS[line]}[slug]
