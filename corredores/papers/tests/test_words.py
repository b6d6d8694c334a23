from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corredores.papers.words import amount_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.00", "CERO CON 00/100"),
        ("0.05", "CERO CON 05/100"),
        ("1.00", "UN CON 00/100"),
        ("21", "VEINTIÚN CON 00/100"),
        ("31.10", "TREINTA Y UN CON 10/100"),
        ("100", "CIEN CON 00/100"),
        ("101", "CIENTO UN CON 00/100"),
        ("1000", "MIL CON 00/100"),
        ("1001", "MIL UN CON 00/100"),
        ("1215.40", "MIL DOSCIENTOS QUINCE CON 40/100"),
        ("21000", "VEINTIÚN MIL CON 00/100"),
        ("31000", "TREINTA Y UN MIL CON 00/100"),
        ("101000", "CIENTO UN MIL CON 00/100"),
        ("516722", "QUINIENTOS DIECISÉIS MIL SETECIENTOS VEINTIDÓS CON 00/100"),
        ("1000000", "UN MILLÓN CON 00/100"),
        ("1000001.5", "UN MILLÓN UN CON 50/100"),
        ("21000000", "VEINTIÚN MILLONES CON 00/100"),
        (
            "999999999.99",
            "NOVECIENTOS NOVENTA Y NUEVE MILLONES NOVECIENTOS NOVENTA Y NUEVE MIL "
            "NOVECIENTOS NOVENTA Y NUEVE CON 99/100",
        ),
        ("1001000000", "MIL UN MILLONES CON 00/100"),
    ],
)
def test_soles_are_spelled_as_the_law_writes_them(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount), "PEN") == f"SON: {words} SOLES"


def test_dollars_have_their_full_name() -> None:
    words = amount_in_words(Decimal("980"), "USD")
    assert words == "SON: NOVECIENTOS OCHENTA CON 00/100 DÓLARES AMERICANOS"


def test_negative_amounts_begin_with_menos() -> None:
    assert amount_in_words(Decimal("-30.5"), "PEN") == "SON: MENOS TREINTA CON 50/100 SOLES"


def test_half_a_cent_is_rounded_up_and_never_becomes_a_hundred_cents() -> None:
    assert amount_in_words(Decimal("0.995"), "PEN") == "SON: UN CON 00/100 SOLES"
    assert amount_in_words(Decimal("-0.001"), "PEN") == "SON: CERO CON 00/100 SOLES"


def test_other_currencies_have_no_words() -> None:
    with pytest.raises(ValueError, match="EUR"):
        amount_in_words(Decimal(1), "EUR")


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_no_amount_ends_in_uno(amount: Decimal) -> None:
    words = amount_in_words(amount, "PEN")
    assert "UNO" not in words
    assert words.endswith(f"{amount % 1 * 100:02.0f}/100 SOLES")
