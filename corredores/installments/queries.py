"""Reads of cuotas. Each takes a viewer; a derived column is an expression, never Python."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Greatest

from corredores.accounts.viewer import Viewer
from corredores.database.statement import Statement
from corredores.portfolio.expressions import days_past
from corredores.portfolio.models import Issuer

from .law import extinction_on, suspension_on
from .models import Installment
from .status import OPEN, Derived, Status

OWED = Q(status__in=[*OPEN], balance__gt=0)  # the states lead to the index `installment_open`
_KEPT = 256  # questions whose statement is kept
_LONGEST_TERM = 400  # days; no product's term to suspension is longer


def overdue(as_of: dt.date) -> Q:
    """Vencida: something is owed and the due date has passed."""
    return OWED & Q(due_on__lt=as_of)


def not_yet_due(as_of: dt.date) -> Q:
    """Por vencer: something is owed and the due date is today or later."""
    return OWED & Q(due_on__gte=as_of)


def state_is(state: str, as_of: dt.date) -> Q:
    """Rows in a stored state or in a derived one."""
    if state == Derived.OVERDUE:
        return overdue(as_of)
    return not_yet_due(as_of) if state == Derived.DUE else Q(status=state)


def installments_of(viewer: Viewer, as_of: dt.date) -> QuerySet[Installment]:
    """The viewer's cuotas with everything that is derived on `as_of`.

    What a reader does not ask for is not computed: the database sees only chosen columns.
    """
    return Installment.objects.visible_to(viewer).annotate(
        state=_state(as_of),
        number_of_count=Concat(
            Cast("number", TextField()), Value("/"), Cast("count", TextField()),
            output_field=CharField(),
        ),
        days_overdue=Case(When(OWED, then=days_past(as_of, "due_on")), output_field=IntegerField()),
        suspends_on=Case(When(OWED, then=suspension_on())),
        extinguishes_on=Case(When(OWED, then=extinction_on())),
        voucher_state=_voucher_state(),
        other_vouchers=Greatest(F("voucher_count") - 1, Value(0)),
    )  # fmt: skip


def _state(as_of: dt.date) -> Case:
    return Case(
        When(overdue(as_of) & Q(status=Status.PENDING), then=Value(Derived.OVERDUE)),
        When(not_yet_due(as_of) & Q(status=Status.PENDING), then=Value(Derived.DUE)),
        default=F("status"),
        output_field=CharField(),
    )


def _voucher_state() -> Case:
    """Why a voucher number leads nowhere; empty where it does."""
    issuer = Issuer.objects.filter(pk=OuterRef("voucher_issuer_id")).order_by()  # one alone
    first_day = issuer.values("vouchers_from")
    return Case(
        When(voucher_number="", then=Value("")),
        When(voucher_id__isnull=True, then=Value("SIN_DOCUMENTO")),
        When(voucher_issued_on__lt=Subquery(first_day), then=Value("ANTIGUO")),
        default=Value(""),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Debt:
    """What is owed in one currency: all of it, the overdue part, and how many cuotas are about to
    suspend their policy's cover (estimated)."""

    currency: str
    count: int
    owed: Decimal
    late_count: int
    late: Decimal | None
    oldest: dt.date | None
    at_risk: int


def debt(viewer: Viewer, as_of: dt.date, line: str = "") -> list[Debt]:
    """Open debt per currency."""
    return [Debt(*row) for row in _debt(viewer, as_of, line).fetch()]


def hidden_by(
    dates: tuple[dt.date | None, dt.date | None], viewer: Viewer, as_of: dt.date, line: str = ""
) -> int:
    """How many overdue cuotas have a payment date outside of `dates`, first and last, each of
    which may be open: a default range that hides old arrears is a clerk's worst trap."""
    if dates == (None, None):
        return 0
    return sum(count for (count,) in _hidden(viewer, as_of, line, *dates).fetch())


@lru_cache(_KEPT)
def _debt(viewer: Viewer, as_of: dt.date, line: str) -> Statement:
    late = overdue(as_of)
    found = (
        _owed(viewer, as_of, line)
        .values("currency")
        .annotate(
            rows_owed=Count("id"),
            owed=Sum("balance"),
            rows_late=Count("id", filter=late),
            late=Sum("balance", filter=late),
            oldest=Min("due_on", filter=late),
            rows_at_risk=Count("id", filter=near_suspension(as_of)),
        )
    )
    names = ("currency", "rows_owed", "owed", "rows_late", "late", "oldest", "rows_at_risk")
    return Statement(found.order_by("currency").values_list(*names))


@lru_cache(_KEPT)
def _hidden(
    viewer: Viewer, as_of: dt.date, line: str, start: dt.date | None, end: dt.date | None
) -> Statement:
    outside = Q(payment_date__lt=start or dt.date.min) | Q(payment_date__gt=end or dt.date.max)
    late = _owed(viewer, as_of, line).filter(overdue(as_of), outside)
    found = late.order_by("currency").values("currency").annotate(rows_hidden=Count("id"))
    return Statement(found.values_list("rows_hidden"))


def _owed(viewer: Viewer, as_of: dt.date, line: str) -> QuerySet[Installment]:
    rows = installments_of(viewer, as_of).filter(OWED)
    return rows.filter(line=line) if line else rows


def near_suspension(as_of: dt.date) -> Q:
    """Overdue, and cover is suspended within the horizon (a setting, in days)."""
    last = as_of + dt.timedelta(days=settings.RISK_HORIZON_DAYS)
    recent = as_of - dt.timedelta(days=_LONGEST_TERM)  # lets the index of due dates help
    return overdue(as_of) & Q(due_on__gte=recent, suspends_on__gte=as_of, suspends_on__lte=last)
