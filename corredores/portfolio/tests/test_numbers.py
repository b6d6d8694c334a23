"""Numbers as people write them, names as they search them, months as the calendar has them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corredores.portfolio.filtering import months_before
from corredores.portfolio.folding import folded
from corredores.portfolio.numbers import voucher_number


@pytest.mark.parametrize(
    "text", ["F001-123", "F001-00000123", "f001 123", "  F001 - 123 ", "F001  00123", "f001-0123"]
)
def test_a_voucher_number_is_one_however_it_is_written(text: str) -> None:
    assert voucher_number(text) == "F001-123"


@pytest.mark.parametrize(
    "text", ["", "F001", "F001-", "-123", "F001-12A", "F001123", "F001-1-2", "F001-" + "9" * 16]
)
def test_what_is_no_voucher_number_is_none(text: str) -> None:
    assert voucher_number(text) is None


def test_zero_is_a_number_and_zeros_in_the_series_are_its_own() -> None:
    assert voucher_number("0001-000") == "0001-0"


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        ("MUÑOZ & PEÑA ASOCIADOS S.A.C.", "munoz & pena asociados s.a.c."),
        ("D'ÁNGELO", "d'angelo"),
        ("GÜERE", "guere"),
        ("  dobles   espacios\tentre ", "dobles espacios entre"),
        ("Pen\u0303a", "pena"),  # NFD
        ("Pe\u00f1a", "pena"),  # NFC
        ("STRAẞE", "strasse"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_spaces(name: str, searched: str) -> None:
    assert folded(name) == searched


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-24", "2026-09-24"),
        ("2026-04-30", "2026-02-28"),
        ("2028-04-30", "2028-02-29"),
        ("2026-03-01", "2026-01-01"),
        ("2026-01-31", "2025-11-30"),
        ("2026-02-28", "2025-12-28"),
        ("2026-12-31", "2026-10-31"),
    ],
)
def test_two_months_before_is_the_same_day_or_the_last_of_its_month(day: str, before: str) -> None:
    assert months_before(dt.date.fromisoformat(day), 2) == dt.date.fromisoformat(before)
