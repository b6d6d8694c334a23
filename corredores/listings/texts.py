"""A search as CSV and as JSON."""

import csv
from typing import IO, Any

from corredores.database.cells import cells
from corredores.database.copying import copied

from . import caption as words
from .page import Page
from .search import Caption, Search
from .shape import Shape

_BATCH = 250  # rows


def write_csv(search: Search, caption: Caption, out: IO[str]) -> None:
    """RFC 4180 with `;`, for a file opened as utf-8-sig: Excel in Peru opens it right.

    The header is the first line, for programs; what the file says of itself stands at the
    end, after an empty line, for people.
    """
    shape = Shape(search, search.columns, extras=False)
    fillings = [column.kind.csv() for column in shape.columns]
    write = shape.row_writer(fillings, between=b";", end=b"\r\n")
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow([column.title for column in shape.columns])
    for piece in copied(search.rows.values_list(*shape.fields), _BATCH):
        out.write(write(cells(piece)).decode())
    sheet.writerow([])
    sheet.writerow([search.listing.title])
    sheet.writerows(words.lines(search, caption))


def as_json(search: Search, page: Page) -> dict[str, Any]:
    """One page of the list (formats.md §3): amounts as strings, dates ISO, codes as stored."""
    shape = Shape(search, search.columns, extras=False)
    sums = [total.column for total in search.summed]
    return {
        "total": page.count,
        "totales": [
            {
                "moneda": total.currency,
                "cantidad": total.count,
                **{name: f"{amount:.2f}" for name, amount in zip(sums, total.sums, strict=True)},
            }
            for total in search.totals
        ],
        "filas": [
            {
                column.name: column.kind.plain(column.kind.read(row[shape.places[column.name][0]]))
                for column in shape.columns
            }
            for row in search.page(page.number, page.size, shape.fields)
        ],
        "siguiente": page.next,
    }
