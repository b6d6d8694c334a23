"""The arithmetic of domain.md §2.4, whose examples are quoted here."""

from hypothesis import given
from hypothesis import strategies as st

from corredores.generation.premiums import Premium, percent, premium, share, split, text

CENTS = st.integers(min_value=0, max_value=10**11)


def test_the_worked_example_of_a_taxed_premium() -> None:
    whole = premium(100_000, fee=True)
    assert whole == Premium(net=100_000, fee=3_000, interest=0, igv=18_540)
    assert text(whole.total) == "1215.40"
    assert [part.total for part in split(whole, 4)] == [30_385] * 4
    assert [part.total for part in split(whole, 12)] == [10_128] * 11 + [10_132]


def test_exempt_life_cover_carries_no_igv_and_a_rider_part_of_it() -> None:
    assert premium(100_000, fee=False, taxed=0).igv == 0
    assert premium(100_000, fee=False, taxed=60).igv == 10_800


def test_halves_of_a_cent_are_rounded_up() -> None:
    assert percent(25, 1_800) == 5  # 4.5 cents
    assert percent(-100, 10_000) == -100


@given(st.builds(Premium, CENTS, CENTS, CENTS, CENTS), st.integers(min_value=1, max_value=36))
def test_every_column_of_the_cuotas_adds_up(whole: Premium, parts: int) -> None:
    cuotas = split(whole, parts)
    assert len(cuotas) == parts
    assert Premium(*(sum(column) for column in zip(*cuotas, strict=True))) == whole
    assert len(set(cuotas[:-1])) <= 1
    assert 0 <= cuotas[-1].total - cuotas[0].total < parts


@given(st.builds(Premium, CENTS, CENTS, CENTS, CENTS))
def test_a_full_refund_is_the_premium_with_its_sign_turned(whole: Premium) -> None:
    assert share(whole, -10_000).total == -whole.total


def test_amounts_are_written_with_a_dot_and_two_decimals() -> None:
    written = [text(cents) for cents in (0, 7, 100, -1, -12_345, 10**13)]
    assert written == ["0.00", "0.07", "1.00", "-0.01", "-123.45", "100000000000.00"]
