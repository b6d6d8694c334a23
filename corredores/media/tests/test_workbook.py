"""A workbook that streams: whole, typed, never a formula, and cut where Excel's sheets end."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

import openpyxl
import pytest

from corredores.media import workbook as room
from corredores.media.cells import EPOCH, inline, number, xml_text
from corredores.media.workbook import SheetColumn, SmallTable, Workbook

TEXT, AMOUNT, DAY = (
    SheetColumn("Nombre", "@", 20),
    SheetColumn("Importe", "#,##0.00", 12),
    SheetColumn("Día", "dd/mm/yyyy", 11),
)
NASTY = (
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@x",
    "<b>&amp;",
    "0047",
    "a\tb",
    "Ñ\x00\ud800",
    " x ",
)


def book(count: int, tables: tuple[SmallTable, ...] = (), **changes: Any) -> Workbook:
    """One column of numbered rows."""

    def rows(styles: list[str]) -> Iterator[bytes]:
        for start in range(0, count, room.BATCH):
            batch = range(start, min(count, start + room.BATCH))
            yield "".join(f"<row>{number(styles[0], str(it))}</row>" for it in batch).encode()

    given: dict[str, Any] = {
        "title": "Cuotas", "author": "Ana", "lines": [("Filtros", "=ninguno")],
        "columns": [AMOUNT], "count": count, "rows": rows, "tables": tables, **changes,
    }  # fmt: skip
    return Workbook(**given)


def opened(made: Workbook) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(made.stream())))


def column(sheet: Any, below: str) -> list[Any]:
    values = [row[0] for row in sheet.iter_rows(values_only=True)]
    return values[values.index(below) + 1 :]


@pytest.mark.parametrize(("count", "sheets"), [(0, 1), (3, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_what_a_sheet_cannot_hold_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch, count: int, sheets: int
) -> None:
    monkeypatch.setattr(room, "SHEET_ROWS", 4)
    monkeypatch.setattr(room, "BATCH", 2)
    found = opened(book(count, (SmallTable("Resumen", [TEXT], [("x",)]),)))
    names = ["Cuotas", "Continúa 2", "Continúa 3"][:sheets]
    assert found.sheetnames == [*names, "Resumen"]
    parts = [column(found[name], "Importe") for name in names]
    assert [it for part in parts for it in part] == list(range(count))
    assert all(len(part) == 4 for part in parts[:-1])
    assert column(found["Resumen"], "Nombre") == ["x"]


def test_a_sheet_with_its_title_block_stays_below_excels_limit() -> None:
    assert room.SHEET_ROWS + 100 < 1_048_576
    assert room.SHEET_ROWS % room.BATCH == 0, "a piece is never torn between two sheets"


def test_every_sheet_has_the_title_heads_that_stay_and_a_filter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "SHEET_ROWS", 4)
    monkeypatch.setattr(room, "BATCH", 2)
    for sheet in opened(book(6)).worksheets:
        assert (sheet["A1"].value, sheet["B2"].value) == ("Cuotas", "=ninguno")
        assert sheet["B2"].data_type == "s"
        assert sheet.freeze_panes == "A5"
        assert sheet.auto_filter.ref == {"Cuotas": "A4:A8", "Continúa 2": "A4:A6"}[sheet.title]


def test_the_beginning_comes_before_a_row_is_asked_for() -> None:
    asked = []

    def rows(styles: list[str]) -> Iterator[bytes]:
        asked.append(styles)
        yield b""

    stream = book(1, rows=rows).stream()
    assert next(stream).startswith(b"PK")
    assert asked == []


def test_pieces_come_while_rows_are_still_to_come() -> None:
    given, dice = [], Random(1)  # noqa: S311 - numbers that do not compress

    def rows(styles: list[str]) -> Iterator[bytes]:
        for start in range(200):
            given.append(start)
            numbers = (str(dice.getrandbits(50)) for _ in range(room.BATCH))
            yield "".join(f"<row>{number(styles[0], it)}</row>" for it in numbers).encode()

    count = 200 * room.BATCH
    pieces = [(len(given), len(piece)) for piece in book(count, rows=rows).stream()]
    assert len([1 for seen, _size in pieces if 0 < seen < 200]) > 3
    assert max(size for _seen, size in pieces) < 200_000


def test_a_cut_file_does_not_open() -> None:
    whole = b"".join(book(1000).stream())
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(io.BytesIO(whole[: len(whole) * 9 // 10]))


def test_text_of_the_rows_is_text_whatever_it_is() -> None:
    def rows(styles: list[str]) -> Iterator[bytes]:
        yield "".join(f"<row>{inline(styles[0], xml_text(it))}</row>" for it in NASTY).encode()

    sheet = opened(book(len(NASTY), columns=[TEXT], rows=rows)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=5)]
    assert [cell.value for cell in cells] == [*NASTY[:-2], "Ñ\ufffd\ufffd", " x "]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_a_small_sheet_has_types_and_nothing_where_there_is_nothing() -> None:
    day = dt.date(2028, 2, 29)
    rows = [(it, Decimal("-0.05"), day) for it in NASTY] + [("Total", None, "Total"), ("", 3, None)]
    found = opened(book(0, (SmallTable("Por [día]: 1/2", [TEXT, AMOUNT, DAY], rows),)))
    sheet = found["Por  día   1 2"]
    cells = list(sheet.iter_rows(min_row=2))
    assert {row[0].data_type for row in cells[:-1]} <= {"s", "inlineStr"}
    assert (cells[0][1].value, cells[0][1].number_format) == (-0.05, "#,##0.00")
    assert (cells[0][2].value.date(), cells[0][2].is_date) == (day, True)
    assert [cell.value for cell in cells[-2]] == ["Total", None, "Total"]
    assert [cell.value for cell in cells[-1]] == [None, 3, None]


def test_the_sheet_that_opens_is_the_one_that_says_so() -> None:
    tables = (SmallTable("Uno", [TEXT], []), SmallTable("Dos", [TEXT], [], opens=True))
    assert opened(book(1, tables)).active.title == "Dos"
    assert opened(book(1, tables[:1])).active.title == "Cuotas"


def test_the_rows_of_a_small_sheet_are_asked_for_after_those_of_the_first() -> None:
    order = []

    def small() -> Iterator[tuple[str]]:
        order.append("small")
        yield ("x",)

    def rows(styles: list[str]) -> Iterator[bytes]:
        order.append("rows")
        yield f"<row>{number(styles[0], '1')}</row>".encode()

    b"".join(book(1, (SmallTable("Resumen", [TEXT], small()),), rows=rows).stream())
    assert order == ["rows", "small"]


def test_excels_day_zero_has_its_leap_year_of_1900() -> None:
    assert (dt.date(1900, 3, 1) - EPOCH).days == 61
