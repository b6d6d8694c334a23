"""A small table as parts of a PDF: what is too wide for a page goes on below."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from .pdf_table import PdfColumn, PdfPart, PdfRow
from .workbook import SmallTable

_AMOUNTS = 8  # columns of amounts that one part holds beside the texts
_LONGEST = 30  # characters


def parts(table: SmallTable) -> Iterator[PdfPart]:
    """The columns of text at both ends stand in every part, those of amounts each in one."""
    places = range(len(table.heads))
    amounts = [it for it in places if any(isinstance(row[it], Decimal) for row in table.rows)]
    texts = [it for it in places if it not in amounts]
    for start in range(0, len(amounts), _AMOUNTS):
        chosen = sorted([*texts, *amounts[start : start + _AMOUNTS]])
        columns = [_column(table, place, numeric=place in amounts) for place in chosen]
        yield PdfPart(table.title, columns, [_row(row, chosen) for row in table.rows])


def _column(table: SmallTable, place: int, *, numeric: bool) -> PdfColumn:
    longest = max(len(text) for text in [table.heads[place], *_texts(table.rows, place)])
    return PdfColumn(table.heads[place], "", min(_LONGEST, longest) + 2, numeric)


def _texts(rows: Sequence[Sequence[Any]], place: int) -> Iterator[str]:
    return (_text(row[place]) for row in rows)


def _row(row: Sequence[Any], places: list[int]) -> PdfRow:
    return [(_text(row[place]), "") for place in places]


def _text(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
