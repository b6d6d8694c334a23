"""What must never be in the table of cuotas, and the indexes its searches stand on."""

from datetime import date

from django.db import models
from django.db.models import F, Index, Q

from corredores.accounts.business_line import BusinessLine
from corredores.portfolio.currency import Currency

from .status import OPEN, Status

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def never(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~condition, name=name)


def always(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=name)


CONSTRAINTS: list[models.BaseConstraint] = [
    models.UniqueConstraint(fields=["external_id"], name="one_installment_per_id"),
    always("installment_line_known", Q(line__in=BusinessLine.values)),
    always("installment_status_known", Q(status__in=Status.values)),
    always("installment_currency_known", Q(currency__in=Currency.values)),
    always("installment_number_in_count", Q(number__lte=F("count"))),
    never("installment_paid_without_date", Q(status=Status.PAID, paid_on__isnull=True)),
    never("installment_void_with_payment", Q(status=Status.VOID, paid__gt=0)),
    never("installment_rescheduled_to_nothing", Q(status=Status.RESCHEDULED, replaced_by="")),
    never(
        "installment_settlement_outside_life",
        ~Q(settlement_number="") & ~Q(line=BusinessLine.VIDA),
    ),
    always(
        "installment_coverage_known",
        Q(line=BusinessLine.GENERALES)
        | Q(coverage_start__isnull=False, coverage_end__isnull=False),
    ),
    never("installment_coverage_backwards", Q(coverage_start__gt=F("coverage_end"))),
    always("installment_due_in_range", Q(due_on__range=(FIRST_DAY, LAST_DAY))),
    always("installment_issued_in_range", Q(issued_on__range=(FIRST_DAY, LAST_DAY))),
]

# What may owe something, told by the state: under row security the planner has no statistics
# for `balance > 0` (numeric's operators are not leakproof), and took this index for half a table.
_OPEN = Q(status__in=[*OPEN])

INDEXES: list[Index] = [
    # The search: its page, its count and its totals per currency, index-only.
    Index(
        "brokerage", "payment_date", "id",
        name="installment_search",
        include=["line", "status", "currency", "total", "balance", "due_on"],
    ),
    # The search by name: a common word leads to thousands of cuotas, which are counted and put in
    # order without reading them.
    Index(
        "brokerage", "policyholder", "payment_date",
        name="installment_policyholder",
        include=["id", "line", "currency", "total", "balance"],
    ),
    Index("brokerage", "policy_number", name="installment_policy"),
    # What is owed is a small part of the table; ageing, risk and warnings read only this.
    Index(
        "brokerage", "due_on", "id",
        name="installment_open",
        include=["line", "status", "currency", "total", "balance", "payment_date"],
        condition=_OPEN,
    ),
    # What reports of rejections and of what was undone read: few rows, by their own days.
    Index(
        "brokerage", "rejected_on",
        name="installment_rejected",
        condition=Q(rejected_on__isnull=False),
    ),
    Index(
        "brokerage", "issued_on",
        name="installment_undone",
        condition=Q(status=Status.VOID) | Q(total__lt=0),
    ),
    Index(
        "brokerage", "voucher_number", name="installment_voucher", condition=~Q(voucher_number="")
    ),
    Index(
        "brokerage", "settlement_number",
        name="installment_settlement",
        condition=~Q(settlement_number=""),
    ),
    Index(
        "brokerage", "collection_notice",
        name="installment_notice",
        condition=~Q(collection_notice=""),
    ),
]  # fmt: skip
