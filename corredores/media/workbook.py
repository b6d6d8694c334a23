"""An Excel workbook, streamed.

XlsxWriter makes the skeleton: styles, title block, header, widths, freeze, filter, and one
sample row in each column's format. The sample row is cut out, its style ids are read, and
the real rows stream in its place: the fixed parts by the library, only the rows by us.
"""

import datetime as dt
import re
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, RawIOBase
from itertools import islice

import xlsxwriter
from isal import isal_zlib
from xlsxwriter.worksheet import Worksheet

from .cells import EPOCH, number, said_or_nothing, xml_text

BATCH = 250  # rows in one piece that a row source hands over
SHEET_ROWS = 1_000_000  # below Excel's 1,048,576, with room for the title block
_HAND_ON = 32 * 1024  # bytes
_A4 = 9
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#E4F1F4", "text_wrap": True, "valign": "top"}
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_STYLE = re.compile(rb'<c r="[A-Z]+\d+"(?: s="(\d+)")?')
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


@dataclass(frozen=True)
class SheetColumn:
    """Title, Excel number format and width in characters of one column."""

    title: str
    number_format: str
    width: int


Value = str | int | Decimal | dt.date | None


@dataclass(frozen=True)
class SmallTable:
    """A further sheet of plain values. Its rows are read when its turn comes, after the first
    sheet; `opens`: it is the one that Excel shows first."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]]
    opens: bool = False


@dataclass(frozen=True)
class Workbook:
    """What goes in. `rows(styles)` gives the XML of up to BATCH `<row>`s a piece, in which
    the cells carry the style ids of their columns, in order."""

    title: str
    author: str
    lines: Sequence[tuple[str, str]]
    columns: Sequence[SheetColumn]
    count: int
    rows: Callable[[list[str]], Iterator[bytes]]
    tables: Sequence[SmallTable] = ()

    @property
    def sheets(self) -> int:
        return max(1, -(-self.count // SHEET_ROWS))

    def stream(self) -> Iterator[bytes]:
        """The file in pieces. A stream that breaks off does not open as a workbook: the
        zip's directory comes last. What a sheet cannot hold goes on in further sheets."""
        skeleton, out = self._skeleton(), _Outlet()
        pieces: Iterator[bytes] | None = None
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for part in skeleton.infolist():
                content, number = skeleton.read(part), _SHEET.fullmatch(part.filename)
                with book.open(_entry(part.filename), "w", force_zip64=True) as file:
                    # Deflate in a quarter of zlib's time; where zipfile once has no such name,
                    # it goes on with zlib.
                    file._compressor = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15)  # type: ignore[attr-defined]
                    if number is None:
                        file.write(content)
                        continue
                    before, styles, after = _cut(content)
                    file.write(before)
                    yield out.take()  # at once: what follows waits for the database
                    if int(number[1]) > self.sheets:
                        table = self.tables[int(number[1]) - self.sheets - 1]
                        here: Iterator[bytes] = _small_rows(table, styles)
                    else:
                        pieces = self.rows(styles) if pieces is None else pieces
                        here = islice(pieces, SHEET_ROWS // BATCH)
                    for piece in here:
                        file.write(piece)
                        if out.waiting > _HAND_ON:
                            yield out.take()
                    file.write(after)
        yield out.take()

    def _skeleton(self) -> zipfile.ZipFile:
        memory = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(memory, options) as book:
            book.set_properties({"title": self.title, "author": self.author})
            for number in range(self.sheets):
                name = self.title if number == 0 else f"Continúa {number + 1}"
                self._fixed_parts(book, book.add_worksheet(_sheet_name(name)), number)
            for table in self.tables:
                sheet = book.add_worksheet(_sheet_name(table.title))
                _write_heads(book, sheet, 0, table.columns)
                if table.opens:
                    sheet.activate()
        return zipfile.ZipFile(memory)

    def _fixed_parts(self, book: xlsxwriter.Workbook, sheet: Worksheet, number: int) -> None:
        sheet.write_string(0, 0, self.title, book.add_format({"bold": True, "size": 14}))
        for line, (label, text) in enumerate(self.lines, start=1):
            sheet.write_string(line, 0, label, book.add_format({"bold": True}))
            sheet.write_string(line, 1, text)
        top = len(self.lines) + 2
        _write_heads(book, sheet, top, self.columns)
        rows = min(SHEET_ROWS, max(0, self.count - number * SHEET_ROWS))
        sheet.autofilter(top, 0, top + rows, len(self.columns) - 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")


def _cut(content: bytes) -> tuple[bytes, list[str], bytes]:
    """The sheet around its sample row, and the style ids that the row shows."""
    start = content.rindex(b"<row ")
    end = content.index(b"</row>", start) + len(b"</row>")
    styles = [(found or b"0").decode() for found in _STYLE.findall(content[start:end])]
    return _DIMENSION.sub(b"", content[:start]), styles, content[end:]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, time.localtime()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_heads(
    book: xlsxwriter.Workbook, sheet: Worksheet, top: int, columns: Sequence[SheetColumn]
) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(top, place, column.title, book.add_format(_HEAD))
        # The sample row, cut out later. Its style is also that of the rows to come.
        style = book.add_format({"num_format": column.number_format})
        sheet.write_blank(top + 1, place, None, style)
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(top + 1, 0)


def _small_rows(table: SmallTable, styles: list[str]) -> Iterator[bytes]:
    for row in table.rows:
        yield f"<row>{''.join(map(_small_cell, row, styles))}</row>".encode()


def _small_cell(value: Value, style: str) -> str:
    """A cell by the type of its value: `Total` may stand in a column of dates."""
    if value is None or isinstance(value, str):
        return said_or_nothing(style, xml_text(value or ""))
    return number(style, str((value - EPOCH).days if isinstance(value, dt.date) else value))


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


class _Outlet(RawIOBase):
    """A file that cannot seek, from which what was written is taken in pieces."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        data = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(data)
        self.waiting += len(data)
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        self.waiting = 0
        return data
