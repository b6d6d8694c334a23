"""The quick look over all cells never trusts a cell that the close look finds wrong."""

import itertools

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corredores.loading.cells import Cell, Day, Moment, Money, Text, VoucherNumber, Whole
from corredores.loading.kinds import KINDS

pytestmark = pytest.mark.django_db
CELLS = sorted({column.cell for kind in KINDS for column in kind.columns}, key=repr)
NEAR = {
    Day: ["2026-02-28", "2024-02-29", "2026-02-29", "1989-12-31", "2101-01-01", "199--01-01"],
    Money: ["12.50", "-1", "1.234", "12 34", "1e5", "123456789012", "1234567890123", ".5", "5."],
    Whole: ["0", "00", "1", "32767", "32768", "99999999", "100000000", "-1"],
    Moment: ["2026-01-05T10:00:00-05:00", "2026-02-30T10:00:00-05:00", "2026-01-05T25:00:00-05:00"],
    Text: ["Ñ" * 10, "x" * 64, "x" * 65, "Ñ" * 40],
    VoucherNumber: ["F001-1", "F001-0", "F001-00001", "F001-123456789", "A" * 21 + "-1", "F-1-1"],
}
WORDS = [word for words in NEAR.values() for word in words]
ODD = st.text("0123456789-+.:TZ ,ÑF/e", max_size=30)


def _ask(conditions: str, words: list[str]) -> list[str]:
    """The words `a`, each beside a neighbour `b`, for which the SQL conditions hold."""
    values = ", ".join(["(%s::text, %s::text)"] * len(words))
    pairs = itertools.chain.from_iterable(zip(words, reversed(words), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table words (a, b) as values {values}", list(pairs))
        cursor.execute(f"select a from words where {conditions}")
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("drop table words")
    return found


def _wrongly_trusted(cell: Cell, words: list[str]) -> list[str]:
    return _ask(f"{cell.problem('a')} is not null and {cell.doubt(['a', 'b'])} is not true", words)


@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_known_oddities_are_looked_at_closely(cell: Cell) -> None:
    assert _wrongly_trusted(cell, WORDS) == []


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(ODD, min_size=20, max_size=60))
def test_nothing_wrong_is_trusted(words: list[str]) -> None:
    for cell in CELLS:
        assert _wrongly_trusted(cell, words) == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Day(), ["2026-02-28", "1990-01-01", "2100-12-31"]),
        (Money(), ["12.50", "-1", "0", "123456789.10"]),
        (Whole(), ["0", "7", "9999"]),
        (Moment(), ["2026-01-05T10:00:00-05:00"]),
        (VoucherNumber(), ["F001-1", "FC01-12345678"]),
    ],
    ids=repr,
)
def test_what_is_usual_is_trusted(cell: Cell, words: list[str]) -> None:
    assert _ask(cell.doubt(["a", "b"]), words) == []
