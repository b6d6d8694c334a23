"""XLSX: the first sheet as CSV. Formulas, merged cells and macros are refused."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from corredores.loading.problems import Problem, RefusedError

from .sheet import scan

_DAMAGED = "no es un libro de Excel (.xlsx) que se pueda leer"
_EXACT = 10**15  # whole numbers above are not exact in a spreadsheet
# Columns in which a bare number is a day that lost its format: 46058 is 2026-02-05.
DAYS = frozenset(
    {"fecha_emision", "fecha_vencimiento", "fecha_pago", "fecha_abono", "rechazo_fecha",
     "vigencia_inicio", "vigencia_fin"}
)  # fmt: skip
_SERIALS = range(32_874, 73_416)  # 1990 to 2100


def write_csv(path: Path, out: IO[str]) -> None:
    """Write the rows of the first sheet, row numbers kept. Raises RefusedError."""
    day_zero = scan(path)
    try:
        rows = _rows(_first_sheet(CalamineWorkbook.from_path(str(path))))
    except (CalamineError, ValueError, OSError) as fault:
        if isinstance(fault, RefusedError):
            raise
        raise RefusedError(Problem("excel", _DAMAGED)) from None
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    days: list[int] = []
    for number, row in enumerate(rows, 1):
        if number == 1:
            days = [place for place, name in enumerate(row) if str(name).strip().lower() in DAYS]
        for place in days:
            row[place] = _day(row[place], day_zero)
        cells = [_text(cell, number) for cell in row]
        if any(cells):
            writer.writerow(cells)
        else:
            out.write("\n")


def _first_sheet(book: CalamineWorkbook) -> CalamineSheet:
    first = book.sheets_metadata[0]
    if first.typ is not SheetTypeEnum.WorkSheet:
        raise RefusedError(Problem("excel", "la primera hoja no es una hoja de cálculo"))
    if first.visible is not SheetVisibleEnum.Visible:
        message = "la primera hoja está oculta; los datos van en la primera hoja, visible"
        raise RefusedError(Problem("hoja_oculta", message, value=first.name))
    return book.get_sheet_by_index(0)


def _rows(sheet: CalamineSheet) -> Iterator[list[object]]:
    if merged := sheet.merged_cell_ranges:
        (row, _column), _end = merged[0]
        raise RefusedError(Problem("celdas_unidas", "hay celdas unidas (combinadas)", row + 1))
    if sheet.start != (0, 0):
        message = "la cabecera no está en la fila 1, desde la columna A"
        raise RefusedError(Problem("cabecera", message, row=1))
    return iter(sheet.iter_rows())  # type: ignore[arg-type]


def _day(cell: object, day_zero: dt.date) -> object:
    """The day of a bare serial number; anything else as it is."""
    if isinstance(cell, (int, float)) and cell in _SERIALS:
        return day_zero + dt.timedelta(days=int(cell))
    return cell


def _text(cell: object, row: int) -> str:
    """A cell as it would stand in a CSV file."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return _number(cell, row)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def _number(cell: float, row: int) -> str:
    """Fifteen digits, as the sheet shows it; more are not exact, so they must be text."""
    if cell == int(cell):
        if abs(cell) >= _EXACT:
            message = "un número de más de 15 cifras pierde las últimas; escríbalo como texto"
            raise RefusedError(Problem("numero_largo", message, row, value=f"{cell:.0f}"))
        return str(int(cell))
    return f"{cell:.15g}"
