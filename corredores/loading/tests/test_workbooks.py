"""An XLSX or Parquet file says the same as the CSV; what cannot be told for sure is refused."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.worksheet import Worksheet

from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.cells import Day
from corredores.loading.kinds import KINDS
from corredores.loading.reports import FileReport
from corredores.loading.sandbox import workbook

from . import spoiled_books
from .conftest import Load
from .files import INSTALLMENT, Row

MONEY = {"prima_neta", "derecho_emision", "igv", "importe", "comision_importe"}
DAYS = {"fecha_emision", "fecha_vencimiento", "vigencia_inicio", "vigencia_fin"}
Spoil = Callable[[openpyxl.Workbook, Worksheet], None]


def typed(header: str, value: str) -> Any:
    if value and header in MONEY:
        return float(value)
    if value and header in DAYS:
        return dt.date.fromisoformat(value)
    return int(value) if header in {"cuota_numero", "cuota_total"} else value or None


@pytest.fixture
def load_book(brokerages: None, tmp_path: Path) -> Callable[..., FileReport]:
    def load(*rows: Row, spoil: Spoil | None = None, cell: Any = typed) -> FileReport:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([cell(header, value) for header, value in row.items()])
        if spoil:
            spoil(book, sheet)
        path = tmp_path / "libro.xlsx"
        book.save(path)
        return load_paths([path], loaded_by="test")[0]

    return load


@pytest.mark.parametrize("cell", [typed, lambda header, value: value], ids=["typed", "text"])
def test_a_workbook_says_the_same_as_the_csv(load: Load, load_book: Any, cell: Any) -> None:
    assert load_book(INSTALLMENT, cell=cell).errors == []
    assert load(INSTALLMENT).unchanged == 1
    assert Installment.everything.get().policy_number == "00012345"


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_days_without_a_format_are_days_of_the_books_calendar(
    load: Load, load_book: Any, epoch: dt.datetime
) -> None:
    def bare(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        book.epoch = epoch
        for cell in sheet[2]:
            if sheet.cell(1, cell.column).value in DAYS - {"fecha_emision"}:
                cell.value = to_excel(cell.value, epoch)
                cell.number_format = "General"

    assert load_book(INSTALLMENT, spoil=bare).errors == []
    assert load(INSTALLMENT).unchanged == 1


def test_every_column_of_days_is_known_to_the_reader_of_workbooks() -> None:
    columns = [column for kind in KINDS for column in kind.columns]
    assert {c.header for c in columns if isinstance(c.cell, Day)} == workbook.DAYS


def test_errors_of_a_workbook_name_its_row(load_book: Any) -> None:
    bad = {**INSTALLMENT, "id_cuota": "Q2", "importe": "1,234.56"}
    report = load_book(INSTALLMENT, bad, cell=lambda header, value: value)
    assert [(e.row, e.column, e.value) for e in report.errors] == [(3, "importe", "1,234.56")]


@pytest.mark.parametrize(
    ("spoil", "code", "row", "value"),
    [
        (spoiled_books.formula, "formula", 2, "W2"),
        (spoiled_books.merged, "celdas_unidas", 2, ""),
        (spoiled_books.hidden, "hoja_oculta", None, "Sheet"),
        (spoiled_books.moved_down, "cabecera", 1, ""),
        (spoiled_books.far_cell, "desmedido", None, ""),
        (spoiled_books.far_row, "desmedido", None, ""),
        (spoiled_books.long_number, "numero_largo", 2, "1234567890123456"),
    ],
)
def test_what_cannot_be_told_for_sure_is_refused(
    load_book: Any, spoil: Spoil, code: str, row: int | None, value: str
) -> None:
    (error,) = load_book(INSTALLMENT, spoil=spoil).errors
    assert (error.code, error.row, error.value[:16]) == (code, row, value)


def test_other_sheets_and_blank_rows_are_not_read(load_book: Any) -> None:
    def more(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        book.create_sheet("notas")["A1"] = "=1+1"
        for column in range(1, 5):
            sheet.cell(row=9, column=column).value = "  "

    assert load_book(INSTALLMENT, spoil=more).inserted == 1


def test_parquet_says_the_same_as_the_csv(load: Load, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")

    def cell(header: str, value: str) -> Any:
        if header == "actualizado_en":
            return dt.datetime.fromisoformat(value)
        if value and header in MONEY:
            return Decimal(value)
        return typed(header, value)

    row = {header: [cell(header, value)] for header, value in INSTALLMENT.items()}
    parquet.write_table(pa.table(row), tmp_path / "cuotas.parquet")
    (report,) = load_paths([tmp_path / "cuotas.parquet"], loaded_by="test")
    assert (report.errors, report.inserted) == ([], 1)
    assert load(INSTALLMENT).unchanged == 1
