"""Reports read as a person would: rows, totals, problems, and the files themselves."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
from pypdf import PdfReader

from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.listings import Caption, Listing, Search
from corredores.listings.pdf import write_list_pdf
from corredores.listings.shape import Shape
from corredores.listings.xlsx import stream_xlsx
from tests.people import TODAY, search

_NIGHT = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
CAPTION = Caption("Corredora A", "Ana", made_at=_NIGHT, data_as_of=_NIGHT)


def told(listing: Listing, viewer: Viewer, query: str = "", today: dt.date = TODAY) -> Any:
    """Its rows in order, each a dictionary by the name of the column."""
    with viewing(viewer):
        found = _valid(listing, viewer, query, today)
        shape = Shape(found, found.columns, extras=False)
        names = [column.name for column in found.columns]
        places = [shape.places[name][0] for name in names]
        return [
            dict(zip(names, (row[place] for place in places), strict=True))
            for row in found.iterate(shape.fields)
        ]


def column(listing: Listing, viewer: Viewer, name: str, query: str = "") -> list[Any]:
    """The values of one column, in order."""
    return [row[name] for row in told(listing, viewer, query)]


def totals(listing: Listing, viewer: Viewer, query: str = "") -> dict[str, tuple[Any, ...]]:
    """By currency: how many rows, and the sums in the order of the report's totals."""
    with viewing(viewer):
        found = _valid(listing, viewer, query, TODAY).totals
        return {total.currency: (total.count, *map(str, total.sums)) for total in found}


def problems(listing: Listing, viewer: Viewer, query: str) -> dict[str, str]:
    """What is wrong with the parameters, by name."""
    with viewing(viewer):
        return {found.name: found.message for found in search(listing, viewer, query).problems}


def workbook(listing: Listing, viewer: Viewer, query: str = "") -> openpyxl.Workbook:
    """The report as Excel opens it."""
    with viewing(viewer):
        pieces = b"".join(stream_xlsx(_valid(listing, viewer, query, TODAY), CAPTION))
    return openpyxl.load_workbook(io.BytesIO(pieces))


def sheet(book: openpyxl.Workbook, name: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet as values; amounts exact to the cent."""
    return [tuple(map(_exact, row)) for row in book[name].iter_rows(values_only=True)]


def table(book: openpyxl.Workbook) -> list[dict[str, Any]]:
    """The cells of the first sheet below its header, by title."""
    rows = list(book.worksheets[0].iter_rows())
    top = max(n for n, row in enumerate(rows) if row[-1].value and row[-1].font.bold)
    titles = [cell.value for cell in rows[top]]
    return [dict(zip(titles, row, strict=True)) for row in rows[top + 1 :]]


def pdf_lines(listing: Listing, viewer: Viewer, query: str = "") -> list[str]:
    """The lines of text of the report's PDF."""
    out = io.BytesIO()
    with viewing(viewer):
        write_list_pdf(_valid(listing, viewer, query, TODAY), CAPTION, out)
    pages = PdfReader(out).pages
    return [
        line.replace("\xa0", " ") for page in pages for line in page.extract_text().splitlines()
    ]


def _valid(listing: Listing, viewer: Viewer, query: str, today: dt.date) -> Search:
    found = search(listing, viewer, query, today)
    assert found.problems == []
    return found


def _exact(value: Any) -> Any:
    return Decimal(str(round(value, 2))) if isinstance(value, float) else value
