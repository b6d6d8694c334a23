"""Groups open together, close from the inside, and never add two currencies."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corredores.media.cells import csv_text
from corredores.media.grouping import Entry, Group, closings, crossed, grouped
from corredores.media.names import file_name


def entries(*rows: tuple[str, str, str, int]) -> Iterator[Entry]:
    return (Entry([(a,), (b,)], currency, (1, amount)) for a, b, currency, amount in rows)


def told(found: Iterator[Entry | Group]) -> list[str]:
    return [
        "row"
        if isinstance(it, Entry)
        else "/".join(str(key[0]) for key in it.keys)
        + (f" +{it.fresh}" if it.sums is None else " =")
        for it in found
    ]


def test_groups_that_open_together_open_once_and_close_from_the_inside() -> None:
    rows = entries(("A", "1", "PEN", 1), ("A", "2", "PEN", 2), ("B", "2", "PEN", 3))
    assert told(grouped(rows, 2)) == [
        "A/1 +2", "row", "A/1 =", "A/2 +1", "row", "A/2 =", "A =", "B/2 +2", "row", "B/2 =", "B =",
    ]  # fmt: skip


def test_sums_are_per_currency() -> None:
    rows = entries(("A", "1", "PEN", 1), ("A", "1", "USD", 2), ("A", "2", "PEN", 4))
    assert list(closings(rows, 2)) == [
        ((("A",), ("1",)), {"PEN": (1, 1), "USD": (1, 2)}),
        ((("A",), ("2",)), {"PEN": (1, 4)}),
        ((("A",),), {"PEN": (2, 5), "USD": (1, 2)}),
    ]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("12"),
                          st.sampled_from(["PEN", "USD"]), st.integers(-9, 9))))  # fmt: skip
def test_outer_sums_are_those_of_the_inner(rows: list[tuple[str, str, str, int]]) -> None:
    found = list(closings(entries(*sorted(rows)), 2))
    for currency in ("PEN", "USD"):
        inner, outer = (
            sum(sums[currency][1] for keys, sums in found if len(keys) == n and currency in sums)
            for n in (2, 1)
        )
        assert inner == outer == sum(row[3] for row in rows if row[2] == currency)


def test_no_depth_is_the_rows_alone() -> None:
    assert told(grouped(entries(("A", "1", "PEN", 1)), 0)) == ["row"]


def test_a_matrix_adds_what_meets_and_keeps_its_remarks() -> None:
    def cell(name: str, currency: str, month: str, amount: str, remark: str = "") -> Entry:
        return Entry([(name,)], currency, (1, Decimal(amount), 0), (month, remark))

    lines = crossed(
        [
            cell("E-2", "PEN", "2026-10", "1.01", "Doble"),
            cell("E-2", "PEN", "2026-10", "2.02"),
            cell("E-1", "PEN", "2026-09", "4.04"),
            cell("E-1", "USD", "2026-12", "8.08"),
        ]
    )
    assert [(it.keys, it.currency, it.values, it.remarks) for it in lines] == [
        ((("E-2",),), "PEN", {"2026-10": Decimal("3.03")}, ["2026-10: Doble"]),
        ((("E-1",),), "PEN", {"2026-09": Decimal("4.04")}, []),
        ((("E-1",),), "USD", {"2026-12": Decimal("8.08")}, []),
        ((), "PEN", {"2026-10": Decimal("3.03"), "2026-09": Decimal("4.04")}, []),
        ((), "USD", {"2026-12": Decimal("8.08")}, []),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_has_an_apostrophe_in_csv(text: str) -> None:
    assert csv_text(text).strip('"') == f"'{text}"


@pytest.mark.parametrize(
    ("text", "written"),
    [("a;b", '"a;b"'), ('a"b', '"a""b"'), ("a\nb", '"a\nb"'), ("a,b", "a,b"), ("", ""), ("Ñ", "Ñ")],
)
def test_csv_is_quoted_where_it_must_be(text: str, written: str) -> None:
    assert csv_text(text) == written


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("cuotas", "VIDA", "", "VENCIDA", "2026-09-24"), "cuotas_vida_vencida_2026-09-24.xlsx"),
        (("cuotas", "VIDA", "vida", "VIDA"), "cuotas_vida_vida.xlsx"),
        (("../Peña & Cía.\r\n",), "pena-cia.xlsx"),
        (("x" * 60,), "x" * 40 + ".xlsx"),
        (tuple(f"parte-{n}" for n in range(60)), None),
    ],
)
def test_a_file_is_named_in_ascii_whatever_was_searched(
    parts: tuple[str, ...], name: str | None
) -> None:
    found = file_name(parts, "xlsx")
    assert found.isascii()
    assert len(found) <= 125
    assert name in (None, found)
