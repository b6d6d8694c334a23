"""What makes a good workbook one that cannot be read for sure: each changes its one row."""

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def formula(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["W2"] = "=1+1"


def merged(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A2:B2")


def moved_down(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(1)


def far_cell(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["XFD1048576"] = 1


def far_row(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A100002"] = 1


def long_number(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["F2"] = 12345678901234567890


def hidden(book: openpyxl.Workbook, sheet: Worksheet, state: str = "hidden") -> None:
    book.create_sheet("otra")
    sheet.sheet_state = state
    book.active = 1


def very_hidden(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    hidden(book, sheet, "veryHidden")
