"""Each medium read back by a program that did not write it, into the same plain rows."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import lxml.html
import openpyxl
from django.http import QueryDict
from pypdf import PdfReader

from corredores.accounts.viewer import Viewer
from corredores.listings import (
    Caption,
    Choice,
    Column,
    Date,
    Days,
    Decimals,
    Integer,
    Link,
    Listing,
    Money,
    Percent,
    Search,
    Text,
)
from corredores.listings.page import Page
from corredores.listings.pdf import write_list_pdf
from corredores.listings.texts import as_json, write_csv
from corredores.listings.xlsx import stream_xlsx
from tests.people import TODAY

NIGHT = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
CAPTION = Caption("Corredora A", "Ana", made_at=NIGHT, data_as_of=NIGHT)
SYMBOLS = {"PEN": "S/", "USD": "US$"}
SMALL_PAGE = 7
Rows = list[dict[str, str]]


def search(listing: Listing, viewer: Viewer, query: str) -> Search:
    """A search without problems."""
    found = Search(listing, viewer, QueryDict(query), TODAY)
    assert found.problems == []
    return found


def json_pages(listing: Listing, viewer: Viewer, query: str, size: int) -> list[dict[str, Any]]:
    """All pages, each by the address that the one before it gives."""
    pages: list[dict[str, Any]] = []
    following: str | None = query
    while following is not None:
        found = search(listing, viewer, following)
        pages.append(as_json(found, Page(found, size)))
        following = pages[-1]["siguiente"]
    return pages


def html_pages(listing: Listing, viewer: Viewer, query: str, size: int) -> list[Page]:
    pages: list[Page] = []
    following: str | None = query
    while following is not None:
        pages.append(Page(search(listing, viewer, following), size))
        following = pages[-1].next
    return pages


def xlsx_bytes(found: Search) -> bytes:
    return b"".join(stream_xlsx(found, CAPTION))


def csv_text(found: Search) -> str:
    out = io.StringIO(newline="")
    write_csv(found, CAPTION, out)
    return out.getvalue()


def pdf_bytes(found: Search) -> bytes:
    out = io.BytesIO()
    write_list_pdf(found, CAPTION, out)
    return out.getvalue()


def xlsx_rows(content: bytes, columns: tuple[Column, ...]) -> tuple[list[str], Rows]:
    """The lines above the table, and the rows; no cell is a formula, all are of their type."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    lines = list(sheet.iter_rows())
    titles = [column.title for column in columns]
    top = next(n for n, line in enumerate(lines) if [it.value for it in line] == titles)
    for line in lines[top + 1 :]:
        for cell, column in zip(line, columns, strict=True):
            assert cell.data_type != "f"
            assert cell.value is None or isinstance(cell.value, _excel_type(column)), column.name
    above = [" ".join(str(cell.value) for cell in line if cell.value) for line in lines[:top]]
    return above, [
        {it.name: plain(it, cell.value) for it, cell in zip(columns, line, strict=True)}
        for line in lines[top + 1 :]
    ]


def _excel_type(column: Column) -> Any:
    if isinstance(column.kind, Date):
        return dt.datetime
    return (int, float) if isinstance(column.kind, Integer | Decimals) else str


def csv_rows(text: str, columns: tuple[Column, ...]) -> tuple[list[str], Rows]:
    """The lines below the table, and the rows. Text that would run has an apostrophe before it."""
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert lines[0] == [column.title for column in columns]
    end = lines.index([])
    rows = [
        {it.name: plain(it, _as_written(it, cell)) for it, cell in zip(columns, line, strict=True)}
        for line in lines[1:end]
    ]
    return [" ".join(line) for line in lines[end:]], rows


def _as_written(column: Column, cell: str) -> str:
    if column.kind.numeric:
        return cell
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), f"{cell} would run"
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def pdf_words(content: bytes) -> str:
    """The whole text without spaces: cells are wrapped wherever they must."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def html_cells(body: str) -> list[list[str]]:
    """The text of each cell of each row, without spaces."""
    if not body:
        return []
    table = lxml.html.fromstring(f"<table>{body}</table>")
    return [
        [squeezed(str(td.xpath("string()"))) for td in tr.iter("td")] for tr in table.iter("tr")
    ]


def without_reasons(cell: str, column: Column) -> str:
    """The cell of a link that leads nowhere, without the words that say why."""
    for reason in column.kind.reasons.values() if isinstance(column.kind, Link) else ():
        cell = cell.replace(squeezed(reason), "", 1)
    return cell


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def plain(column: Column, value: Any) -> str:
    """A value as every medium must have it: labels of codes, ISO days, two decimals."""
    kind = column.kind
    if value is None or value == "":
        return ""
    if isinstance(kind, Choice):
        return kind.labels.get(value, value)
    if isinstance(kind, Decimals):
        return f"{Decimal(str(value)):.2f}"
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return str(value)


def said(column: Column, value: str, currency: str) -> str:
    """What a person must read for a plain value (Peru: 1,234.56 and 24/11/2026)."""
    kind = column.kind
    if value == "":
        return ""
    if isinstance(kind, Decimals):
        return _amount(kind, Decimal(value), currency)
    if isinstance(kind, Integer):
        return _days(int(value)) if isinstance(kind, Days) else (kind.phrase or "{}").format(value)
    if isinstance(kind, Date):
        return kind.phrase.format(f"{dt.date.fromisoformat(value):%d/%m/%Y}")
    if isinstance(kind, Text):
        return "" if value in kind.hidden else kind.phrase.format(value)
    return value


def _amount(kind: Decimals, value: Decimal, currency: str) -> str:
    if isinstance(kind, Money):
        return f"{SYMBOLS[currency]} {value:,.2f}"
    return f"{value:.2f} %" if isinstance(kind, Percent) else f"{value:,.2f}"


def _days(number: int) -> str:
    if number == 0:
        return "hoy"
    unit = "día" if abs(number) == 1 else "días"
    return f"{number} {unit}" if number > 0 else f"en {-number} {unit}"


def absent(column: Column) -> str:
    """What a page says where there is no value."""
    return column.kind.empty or "—"


def filed(columns: tuple[Column, ...], rows: Rows) -> Rows:
    """The rows as a file has them: what the page says where there is no value, it says too."""
    return [{it.name: row[it.name] or it.kind.empty for it in columns} for row in rows]
