"""Reads of premium settlements."""

import datetime as dt
from functools import lru_cache

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from corredores.accounts.viewer import Viewer
from corredores.database.whole import Whole
from corredores.installments.queries import not_yet_due, overdue
from corredores.installments.status import Derived, Status
from corredores.portfolio.expressions import days_past
from corredores.portfolio.models import Issuer

from .models import Settlement

OWED = Q(balance__gt=0)
_NUMBER = "a number"  # slot of a statement


def settlements_of(viewer: Viewer, as_of: dt.date) -> QuerySet[Settlement]:
    """The viewer's settlements with everything that is derived on `as_of`."""
    issuer = Issuer.objects.filter(pk=OuterRef("voucher_issuer_id")).order_by()  # one alone
    first_day = issuer.values("vouchers_from")
    pending = Q(status=Status.PENDING)
    return Settlement.objects.visible_to(viewer).annotate(
        state=Case(
            When(overdue(as_of) & pending, then=Value(Derived.OVERDUE)),
            When(not_yet_due(as_of) & pending, then=Value(Derived.DUE)),
            default=F("status"),
            output_field=CharField(),
        ),
        days_overdue=Case(When(OWED, then=days_past(as_of, "due_on")), output_field=IntegerField()),
        voucher_state=Case(
            When(voucher_number="", then=Value("")),
            When(voucher_id__isnull=True, then=Value("SIN_DOCUMENTO")),
            When(voucher_issued_on__lt=Subquery(first_day), then=Value("ANTIGUO")),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def settlement_numbered(viewer: Viewer, number: str) -> Settlement | None:
    """The viewer's settlement of that number, or None: absent and others' look alike."""
    return _settlement(viewer).first(number)


@lru_cache
def _settlement(viewer: Viewer) -> Whole[Settlement]:
    rows = Settlement.objects.visible_to(viewer).filter(number=_NUMBER)
    return Whole(rows, _NUMBER, related=("brokerage",))
