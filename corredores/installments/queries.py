"""Reads of cuotas. Each takes a viewer; a derived column is an expression, never Python."""

import datetime as dt
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Max,
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
from corredores.portfolio.expressions import days_past
from corredores.portfolio.models import Issuer

from .law import extinction_on, suspension_on
from .models import Installment
from .status import Derived, Status

OWED = Q(balance__gt=0)


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
    first_day = Issuer.objects.filter(pk=OuterRef("voucher_issuer_id")).values("vouchers_from")
    return Case(
        When(voucher_number="", then=Value("")),
        When(voucher_id__isnull=True, then=Value("SIN_DOCUMENTO")),
        When(voucher_issued_on__lt=Subquery(first_day), then=Value("ANTIGUO")),
        default=Value(""),
        output_field=CharField(),
    )


def overdue_outside(
    viewer: Viewer, as_of: dt.date, start: dt.date | None, end: dt.date | None, line: str = ""
) -> int:
    """How many overdue cuotas the dates of a search hide: the trap of a default range."""
    hidden = Q()
    if start is not None:
        hidden |= Q(payment_date__lt=start)
    if end is not None:
        hidden |= Q(payment_date__gt=end)
    if not hidden:
        return 0
    rows = Installment.objects.visible_to(viewer).filter(overdue(as_of), hidden)
    return (rows.filter(line=line) if line else rows).count()


def debt_by_currency(viewer: Viewer, as_of: dt.date) -> list[dict[str, Any]]:
    """What is owed and what of it is overdue, per currency: counts, sums, oldest due date."""
    late = overdue(as_of)
    rows = Installment.objects.visible_to(viewer).filter(OWED).values("currency")
    found = rows.annotate(
        owed=Sum("balance"),
        owed_count=Count("id"),
        late=Sum("balance", filter=late),
        late_count=Count("id", filter=late),
        oldest=Min("due_on", filter=late),
        newest=Max("due_on"),
    )
    return list(found.order_by("currency"))
