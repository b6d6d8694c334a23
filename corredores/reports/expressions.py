"""SQL expressions that only reports need."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, DecimalField, F, Func, Sum, Value, Window
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import NullIf, Round

MONEY = DecimalField(max_digits=14, decimal_places=2)


class SumOver(Func):
    """A sum of sums, for OVER: Django's own aggregates may not stand in one another."""

    function = "SUM"
    window_compatible = True
    output_field = MONEY


def month_of(field: str) -> Func:
    """`2026-09`: the month of a date, in an order that is also the order of its text."""
    return Func(F(field), Value("YYYY-MM"), function="to_char", output_field=CharField())


def oldest(field: str) -> Func:
    """Of a group of cuotas, the `field` of the one that was due first."""
    return Func(ArrayAgg(field, order_by=("due_on", "pk")), template="(%(expressions)s)[1]")


def share_of_currency(field: str) -> Round:
    """Percent, 0 to 100, of a group's sum in that of all groups of its currency."""
    whole = Window(SumOver(Sum(field)), partition_by=[F("currency")])
    return Round(CombinedExpression(Sum(field), "*", Value(100)) / NullIf(whole, Value(0)), 2)
