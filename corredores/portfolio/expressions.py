"""Small SQL expressions on days and codes that several business rooms need."""

import datetime as dt
from typing import Any

from django.db.models import DateField, F, Func, IntegerField, Value
from django.db.models.expressions import Combinable


class DaysBetween(Func):
    """Whole days from the second date to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


class DaysAfter(Func):
    """The date a number of days after another one."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


def days_past(as_of: dt.date, field: str | Combinable) -> DaysBetween:
    """Days from the date in `field` to `as_of`; negative while it is to come."""
    return DaysBetween(Value(as_of, output_field=DateField()), _expression(field))


def _expression(field: str | Combinable) -> Any:
    return F(field) if isinstance(field, str) else field
