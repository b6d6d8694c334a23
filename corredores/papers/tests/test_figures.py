import datetime as dt
from decimal import Decimal

from corredores.papers.figures import day, figure, money, period, quantity


def test_amounts_have_commas_and_two_decimals() -> None:
    assert figure(Decimal("1234567.5")) == "1,234,567.50"
    assert figure(Decimal("-1215.4")) == "-1,215.40"
    assert figure(Decimal("2.005")) == "2.01"


def test_money_does_not_break_after_its_sign() -> None:
    assert money(Decimal("1215.4"), "PEN") == "S/\u00a01,215.40"
    assert money(Decimal("1215.4"), "USD") == "US$\u00a01,215.40"


def test_quantities_show_no_idle_zeros() -> None:
    assert [quantity(Decimal(q)) for q in ("1", "1.00", "0.50", "1200")] == [
        "1", "1", "0.5", "1,200",
    ]  # fmt: skip


def test_dates_are_day_month_year() -> None:
    assert day(dt.date(2026, 3, 5)) == "05/03/2026"
    assert day(None) == ""


def test_a_period_says_the_half_it_knows() -> None:
    first, last = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
    assert period(first, last) == "01/03/2026 al 31/03/2026"
    assert period(first, None) == "Desde 01/03/2026"
    assert period(None, last) == "Hasta 31/03/2026"
    assert period(None, None) == ""
