"""The settlement that a client receives and pays, from its row."""

from functools import cache

from django.conf import settings

from corredores.database.whole import Whole
from corredores.papers.letterhead import Letterhead
from corredores.portfolio.letterheads import letterhead
from corredores.portfolio.models import Issuer

from .models import Settlement
from .rendering import render
from .settlement_paper import SettlementPaper


def printed_settlement(settlement: Settlement) -> bytes:
    """The PDF of a settlement that the caller may see."""
    return render(settlement_paper(settlement))


def settlement_paper(settlement: Settlement) -> SettlementPaper:
    """What the paper says: the row, the insurer's letterhead, and how to pay (a setting)."""
    return SettlementPaper(
        issuer=_letterhead(),
        number=settlement.number,
        kind=settlement.type,
        status=settlement.status,
        issued_on=settlement.issued_on,
        due_on=settlement.due_on,
        paid_on=settlement.paid_on,
        policyholder_doc_type=settlement.policyholder_doc_type,
        policyholder_doc_number=settlement.policyholder_doc_number,
        policyholder_name=settlement.policyholder_name,
        brokerage=settlement.brokerage.name,
        policy_number=settlement.policy_number,
        product=settlement.product,
        coverage_start=settlement.coverage_start,
        coverage_end=settlement.coverage_end,
        insured_count=settlement.insured_count,
        payroll=settlement.payroll,
        rate=settlement.rate,
        currency=settlement.currency,
        net_premium=settlement.net_premium,
        issue_fee=settlement.issue_fee,
        vat=settlement.vat,
        total=settlement.total,
        voucher_number=settlement.voucher_number,
        payment_instructions=tuple(settings.PAYMENT_INSTRUCTIONS),
    )


def _letterhead() -> Letterhead:
    """The issuer marked for settlements; else the first one; else the portal's name."""
    issuer = _issuer().first()
    if issuer is None:
        return Letterhead(name=settings.PORTAL_NAME, ruc="")
    return letterhead(issuer)


@cache
def _issuer() -> Whole[Issuer]:
    return Whole(Issuer.objects.order_by("-issues_settlements", "pk")[:1])
