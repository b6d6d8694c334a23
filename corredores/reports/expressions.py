"""SQL expressions that only reports need."""

from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, DecimalField, F, Func, Sum, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import NullIf, Round

MONEY = DecimalField(max_digits=14, decimal_places=2)


class SumOver(Func):
    """SUM(the first) OVER (PARTITION BY the second), where the first may be a sum itself.

    Django's Window hides the aggregate inside it, so that one around it is grouped by.
    """

    function = "SUM"
    arg_joiner = ") OVER (PARTITION BY "
    output_field = MONEY


def month_of(field: str) -> Func:
    """`2026-09`: the month of a date, in an order that is also the order of its text."""
    return Func(F(field), Value("YYYY-MM"), function="to_char", output_field=CharField())


def oldest(field: str) -> Func:
    """Of a group of cuotas, the `field` of the one that was due first."""
    return Func(ArrayAgg(field, order_by=("due_on", "pk")), template="(%(expressions)s)[1]")


def share_of_currency(field: str) -> Round:
    """Percent, 0 to 100, of a group's sum in that of all groups of its currency."""
    whole = NullIf(SumOver(Sum(field), F("currency")), Value(Decimal(0)))
    part = CombinedExpression(Sum(field), "*", Value(Decimal(100)), output_field=MONEY)
    return Round(part / whole, 2)
