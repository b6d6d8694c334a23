"""Reading records one by one: slower, for files that COPY will not take as they are.

It finds every record with a wrong number of cells or a misplaced quote, and its number.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .csv_source import STRAY_QUOTE
from .encoding import normalised
from .problems import Problem, RefusedError
from .source import Source

_LONGEST_RECORD = 1 << 20
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass
class Careful:
    """The records of a source with their numbers, and what is wrong with their form."""

    source: Source
    problems: list[Problem] = field(default_factory=list)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """(number, cells) of each record, cut or filled to the right width.

        The header is record 1; a blank line says nothing, but it counts.
        """
        self.source.observed.everything()
        width = len(self.source.headers)
        for row, record in enumerate(_records(self.source), 2):
            if record.strip():
                cells = self._cells(row, normalised(record, row))
                yield row, (cells + [""] * width)[:width]

    def _cells(self, row: int, record: bytes) -> list[str]:
        if STRAY_QUOTE[self.source.separator].search(record):
            message = "hay comillas en medio de una celda; van dobles, y la celda entre comillas"
            self.problems.append(Problem("comillas", message, row))
            return record.decode().split(self.source.separator)
        cells = next(csv.reader([record.decode()], delimiter=self.source.separator), [])
        if len(cells) != (width := len(self.source.headers)):
            message = f"tiene {len(cells)} celdas y la cabecera {width}"
            self.problems.append(Problem("celdas", message, row))
        return cells


def _records(source: Source) -> Iterator[bytes]:
    """Physical lines put together while a quote is open."""
    record, row, stray = b"", 2, STRAY_QUOTE[source.separator]
    for block in source.lines():
        for line in _LINE.findall(block):
            # A stray quote would swallow the records that follow it: its own line is one.
            torn = not record and stray.search(line)
            record += line
            if len(record) > _LONGEST_RECORD:
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
