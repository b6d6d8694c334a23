"""A look at an XLSX before the reader sees it: bombs, cells at the end of the world, formulas.

The reader makes room for every cell up to the last one, so one crafted cell aborts it.
"""

import datetime as dt
import re
import zipfile
from pathlib import Path
from posixpath import join, normpath

from lxml import etree

from corredores.loading.problems import Problem, RefusedError

from .archive import blocks, opened
from .documents import parsed

MOST_UNPACKED = 400 << 20
MOST_STRINGS = 64 << 20  # the shared strings are kept in memory
MOST_ROWS = 100_000
_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MOST_BOOK = 1 << 20
_OVERLAP = 400  # bytes: longer than what is looked for

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
# A cell that shows #N/A or the like; the reader would call it empty.
_FAULT = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["'][^>]*>""")
_ROW = re.compile(rb"<(?:\w+:)?row[ />]")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
# A column beyond BZ, or a row beyond MOST_ROWS and the header.
_FAR = re.compile(
    rb"""\sr=["'](?:(?:[A-Z]{3}|[C-Z][A-Z])[0-9]|[A-Z]{0,3}(?!10000[01]["'])0*[1-9][0-9]{5})"""
)
_MOST_CELLS = 80 * MOST_ROWS


def scan(path: Path) -> dt.date:
    """Read every part once, within limits. Raises RefusedError.

    Returns the day whose number is 0 in this book.
    """
    with opened(path, most=MOST_UNPACKED) as archive:
        names = archive.namelist()
        if _BOOK not in names:
            raise RefusedError(Problem("excel", "no es un libro de Excel (.xlsx)"))
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise RefusedError(Problem("macro", "el libro tiene macros"))
        first = _first_sheet(archive)
        for member in archive.infolist():
            if member.filename.endswith("sharedStrings.xml") and member.file_size > MOST_STRINGS:
                raise RefusedError(Problem("desmedido", "tiene demasiado texto para un Excel"))
            if member.filename == first:
                _look(archive, first)
            else:
                for _block in blocks(archive, member.filename):
                    pass  # read for its size and its sum
        return _day_zero(archive)


def _day_zero(archive: zipfile.ZipFile) -> dt.date:
    properties = next(_document(archive, _BOOK).iter("{*}workbookPr"), None)
    from_mac = properties is not None and properties.get("date1904") in ("1", "true")
    return dt.date(1904, 1, 1) if from_mac else dt.date(1899, 12, 30)


def _look(archive: zipfile.ZipFile, sheet: str) -> None:
    rest, rows, cells = b"", 0, 0
    for block in blocks(archive, sheet):
        part = rest + block
        if found := _FORMULA.search(part):
            message = "hay una fórmula; pega los valores"
            raise RefusedError(_placed("formula", message, part[: found.start()]))
        if found := _FAULT.search(part):
            message = "la celda muestra un error (#N/A o similar); escribe el valor o bórrala"
            raise RefusedError(_placed("celda_error", message, part[: found.end()]))
        rows += len(_ROW.findall(block))
        cells += len(_CELL.findall(block))
        if _FAR.search(part) or rows > MOST_ROWS + 1 or cells > _MOST_CELLS:
            message = f"tiene más de {MOST_ROWS:,} filas o de 78 columnas; entrega un CSV"
            raise RefusedError(Problem("desmedido", message))
        rest = part[-_OVERLAP:]


def _placed(code: str, message: str, before: bytes) -> Problem:
    """With its place: the last cell that was opened."""
    places = _PLACE.findall(before)
    column, row = places[-1] if places else (b"", b"0")
    return Problem(code, message, int(row) or None, value=(column + row).decode())


def _first_sheet(archive: zipfile.ZipFile) -> str:
    book, relations = _document(archive, _BOOK), _document(archive, _RELATIONS)
    sheet = next(book.iter("{*}sheet"), None)
    named = {} if sheet is None else {str(key): value for key, value in sheet.items()}
    identity = next((value for key, value in named.items() if key.endswith("}id")), "")
    for relation in relations.iter("{*}Relationship"):
        if relation.get("Id") == identity:
            target = str(relation.get("Target") or "")
            return target[1:] if target.startswith("/") else normpath(join("xl", target))
    raise RefusedError(Problem("excel", "el libro no tiene hojas"))


def _document(archive: zipfile.ZipFile, name: str) -> etree._Element:
    content = b"".join(blocks(archive, name)) if name in archive.namelist() else b""
    return parsed(content, most=_MOST_BOOK)
