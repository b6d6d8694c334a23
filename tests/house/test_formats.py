"""Numbers and dates as Peru writes them, wherever Django or a template of ours prints one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.forms import DateField
from django.template import engines
from django.utils import formats, translation

from corredores.listings.kinds import money

DAY = dt.date(2026, 4, 30)
MOMENT = dt.datetime(2026, 5, 1, 4, 59, tzinfo=dt.UTC)  # 23:59 of the day before in Lima


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("1234567.50"), "1,234,567.50"),
        (Decimal("-1234.56"), "-1,234.56"),
        (1000, "1,000"),
        (Decimal("0.05"), "0.05"),
    ],
)
def test_numbers_have_a_dot_and_commas(number: Decimal | int, text: str) -> None:
    assert translation.get_language() == "es-pe"
    assert formats.number_format(number, force_grouping=True) == text


def test_dates_are_day_month_year() -> None:
    for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT"):
        assert formats.date_format(DAY, name) == "30/04/2026"
    assert formats.date_format(dt.datetime(2026, 4, 30, 6, 10), "DATETIME_FORMAT") == (  # noqa: DTZ001
        "30/04/2026 06:10"
    )


@pytest.mark.parametrize("text", ["2026-04-30", "30/04/2026"])
def test_a_date_field_reads_both_ways_of_writing(text: str) -> None:
    assert DateField().clean(text) == DAY


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{{ value|fecha }}", DAY, "30/04/2026"),
        ("{{ value|fecha }}", None, "—"),
        ("{{ value|fecha_hora }}", MOMENT, "30/04/2026 23:59"),
        ("{{ value|dinero('PEN') }}", Decimal("1234567.50"), "S/\xa01,234,567.50"),
        ("{{ value|dinero('USD') }}", Decimal("-0.50"), "US$\xa0-0.50"),
        ("{{ value|dinero('PEN') }}", None, "—"),
    ],
)
def test_templates_of_ours_print_the_same(template: str, value: object, text: str) -> None:
    assert engines["jinja2"].from_string(template).render({"value": value}) == text


def test_templates_of_django_print_the_same() -> None:
    made = engines["django"].from_string("{{ day }} {{ moment }} {{ amount }}")
    said = made.render({"day": DAY, "moment": MOMENT, "amount": Decimal("1234.50")})
    assert said == "30/04/2026 30/04/2026 23:59 1234.50"


def test_an_amount_never_breaks_between_its_symbol_and_its_number() -> None:
    assert money(Decimal("12.00"), "PEN") == "S/\xa012.00"
