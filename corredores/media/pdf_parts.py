"""A small table as parts of a PDF: what is too wide for a page goes on below."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from .pdf_table import PdfColumn, PdfPart, PdfRow
from .workbook import SmallTable

_AMOUNTS = 8  # columns of amounts that one part holds beside the texts
TEXT_FORMAT = "@"  # Excel's


def parts(table: SmallTable) -> Iterator[PdfPart]:
    """The columns of text at both ends stand in every part, those of amounts each in one."""
    rows = list(table.rows)
    amounts = [place for place, it in enumerate(table.columns) if it.number_format != TEXT_FORMAT]
    texts = [place for place in range(len(table.columns)) if place not in amounts]
    for start in range(0, len(amounts), _AMOUNTS):
        chosen = sorted([*texts, *amounts[start : start + _AMOUNTS]])
        columns = [_column(table, place, numeric=place in amounts) for place in chosen]
        yield PdfPart(table.title, columns, [_row(row, chosen) for row in rows])


def _column(table: SmallTable, place: int, *, numeric: bool) -> PdfColumn:
    return PdfColumn(table.columns[place].title, "", table.columns[place].width, numeric)


def _row(row: Sequence[Any], places: list[int]) -> PdfRow:
    return [(_text(row[place]), "") for place in places]


def _text(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
