"""Reading records one by one: slower, for files that COPY will not take as they are.

It finds every record with a wrong number of cells or a misplaced quote, and its number.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .csv_source import LONGEST_RECORD, STRAY_QUOTE
from .encoding import normalised
from .problems import Problem, RefusedError
from .source import Source

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True)
class Record:
    """One record: its number, the header being 1, and as many cells as the header has.

    `torn` is a code and, after a space, a message: what is wrong with the record's form.
    """

    row: int
    cells: list[str]
    torn: str | None = None


def records_of(source: Source) -> Iterator[Record]:
    """Each record that says something; a blank line says nothing, but it counts."""
    source.observed.everything()
    for row, line in enumerate(_lines(source), 2):
        if line.strip():
            yield _record(row, normalised(line, row).decode(), source)


def _record(row: int, line: str, source: Source) -> Record:
    width = len(source.headers)
    if STRAY_QUOTE[source.separator].search(line.encode()):
        torn = "comillas hay comillas en medio de una celda; van dobles, y la celda entre comillas"
        cells = line.split(source.separator)
    else:
        cells = next(csv.reader([line], delimiter=source.separator), [])
        torn = f"celdas tiene {len(cells)} celdas y la cabecera {width}"
        if len(cells) == width:
            return Record(row, cells)
    return Record(row, (cells + [""] * width)[:width], torn)


def _lines(source: Source) -> Iterator[bytes]:
    """Physical lines put together while a quote is open."""
    record, row, stray = b"", 2, STRAY_QUOTE[source.separator]
    for block in source.lines():
        for line in _LINE.findall(block):
            # A stray quote would swallow the records that follow it: its own line is one.
            torn = not record and stray.search(line)
            record += line
            if len(record) > LONGEST_RECORD:
                raise RefusedError(_endless(record, row))
            if line and (torn or record.count(b'"') % 2 == 0):
                yield record.rstrip(b"\r\n")
                record, row = b"", row + 1
    if record:
        raise RefusedError(_endless(record, row))


def _endless(record: bytes, row: int) -> Problem:
    if record.count(b'"') % 2:
        return Problem("comillas_abiertas", "unas comillas se abren y no se cierran", row)
    return Problem("registro_largo", "el registro es demasiado largo", row)
