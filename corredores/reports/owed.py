"""What was owed at the end of a day, past or present: the dates of payments decide.

The core delivers what a cuota is now. What was paid after the as-of day was still owed on it,
and counts again; what was issued after it did not exist. So a report of a past day says the
same whenever it is run. What the core voided or rescheduled since is not owed on any day: it
does not say when that was.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from corredores.accounts.viewer import Viewer
from corredores.installments.law import extinction_on, suspension_on
from corredores.installments.models import InstallmentChange
from corredores.installments.queries import OWED, installments_of
from corredores.installments.status import Derived, Status
from corredores.portfolio.expressions import days_past
from corredores.settlements.queries import settlements_of

from .expressions import MONEY

_NOTHING = Decimal(0)
_SETTLED = Q(status__in=(Status.PAID, Status.OFFSET))


def owed_installments(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Cuotas with something owed on `as_of`: `owed`, `age` in days, `last_payment`."""
    since = _paid_since(as_of)
    known = Coalesce(_paid_by(viewer, as_of), Value(_NOTHING), output_field=MONEY)
    left = Greatest(F("total") - known, Value(_NOTHING), output_field=MONEY)
    rows: QuerySet[Any] = _owed(installments_of(viewer, as_of), as_of).annotate(
        owed=Case(
            When(since & (_SETTLED | Q(status=Status.PARTIAL)), then=left),
            default=F("balance"),
            output_field=MONEY,
        ),
        age=days_past(as_of, "due_on"),
        last_payment=Case(When(paid_on__lte=as_of, then=F("paid_on"))),
        suspends_on=suspension_on(),
        extinguishes_on=extinction_on(),
    )
    return rows


def owed_settlements(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
    """Settlements that were to be paid on `as_of`, with `owed` and `age` in days."""
    rows: QuerySet[Any] = _owed(settlements_of(viewer, as_of), as_of).annotate(
        owed=Case(When(_paid_since(as_of) & _SETTLED, then=F("total")), default=F("balance")),
        age=days_past(as_of, "due_on"),
    )
    return rows


def _owed(rows: QuerySet[Any], as_of: dt.date) -> QuerySet[Any]:
    """Two index ranges: what is owed now, and what was paid since. With the state of that day.

    Nothing here asks the history: a subquery in the condition makes the planner believe that
    every row costs one, and take the longest way around it.
    """
    since = _paid_since(as_of) & _SETTLED & Q(total__gt=0)
    late = Case(When(due_on__lt=as_of, then=Value(Derived.OVERDUE)), default=Value(Derived.DUE))
    then: QuerySet[Any] = rows.annotate(state=Case(When(since, then=late), default=F("state")))
    return then.filter(OWED | since, issued_on__lte=as_of)


def _paid_since(as_of: dt.date) -> Q:
    """Paid after that day. `payment_date` is then the same, and has the index."""
    return Q(payment_date__gt=as_of, paid_on__gt=as_of)


def _paid_by(viewer: Viewer, as_of: dt.date) -> Subquery:
    """The part of a cuota that its history knows to have been paid by that day."""
    past = InstallmentChange.objects.visible_to(viewer).filter(
        installment_id=OuterRef("pk"), status=Status.PARTIAL, paid_on__lte=as_of
    )
    return Subquery(past.order_by("-paid_on", "-updated_at").values("paid")[:1])
