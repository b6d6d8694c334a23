"""CSV as the core writes it: `,` or `;`, with or without BOM, any line ending, UTF-8 only."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from .encoding import line_ends, normalised, refuse_other_encodings
from .kinds import KINDS
from .problems import Problem, RefusedError
from .source import BLOCK, Observed

SEPARATORS = (";", ",")
_LONGEST_HEADER = 1 << 16
LONGEST_RECORD = 1 << 20
_KNOWN = frozenset(header for kind in KINDS for header in kind.headers)
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\r\n") + b"\x7f"
_HIGH_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
# «Ã» and a sign, as in «Ã±» for «ñ»: UTF-8 that was read as Latin-1 or Windows-1252.
_GARBLED = re.compile(rb"\xc3\x83(?:\xc2[\xa0-\xbf]|\xc5[\x92-\xbe]|\xc6\x92|\xcb|\xe2[\x80-\x84])")
_AROUND = " \t\r\n\u00a0"

# A quote that neither opens nor closes a cell, by separator. COPY drops it without a word.
STRAY_QUOTE = {
    separator: re.compile(rb'"(?<=[^"%b\r\n]")[^"%b\r\n]' % ((separator.encode(),) * 2))
    for separator in SEPARATORS
}
# Each blank, beside a separator, a quote or a line end. It begins with the blank itself, as
# looking for a fixed beginning is ten times as fast.
_BESIDE = {
    separator: [
        (blank, re.compile(rb'%b(?:[%b"\r\n]|(?<=[%b"\r\n]%b))' % (blank, mark, mark, blank)))
        for blank in (b" ", b"\t", "\u00a0".encode())
    ]
    for separator, mark in ((each, each.encode()) for each in SEPARATORS)
}


class NotPlainError(ValueError):
    """The records cannot go to COPY as they are: they must be read one by one."""


class CsvSource:
    """A CSV file. Raises RefusedError when its first record is no header."""

    def __init__(self, path: Path) -> None:
        self.path = self._rows = path
        self.observed = Observed()
        with path.open("rb") as file:
            beginning = file.read(_LONGEST_HEADER)
        refuse_other_encodings(beginning)
        bom = len(codecs.BOM_UTF8) if beginning.startswith(codecs.BOM_UTF8) else 0
        line = re.match(rb"[^\r\n]*", beginning[bom:]).group()  # type: ignore[union-attr]
        if len(line) + bom == _LONGEST_HEADER:
            raise RefusedError(Problem("cabecera", "la cabecera es demasiado larga", row=1))
        ending = re.match(rb"\r\n|\r|\n|", beginning[bom + len(line) :])
        self._ending = ending.group()  # type: ignore[union-attr]
        self._start = bom + len(line) + len(self._ending)
        self._digest = hashlib.sha256()
        self.separator, self.headers = _split(normalised(line, 1).decode())

    @property
    def content_hash(self) -> str:
        return self._digest.hexdigest()

    def records(self) -> Iterator[bytes]:
        """Whole lines for COPY, about a BLOCK at a time. Raises NotPlainError, RefusedError."""
        row = 2
        for lines in self.lines():
            if not lines.endswith((b"\n", b"\r")):
                raise NotPlainError
            clean = normalised(lines, row)
            self._observe(clean)
            yield clean
            row += line_ends(lines)

    def lines(self) -> Iterator[bytes]:
        """The bytes after the header in blocks cut at line ends; no blank lines at the end.

        Only a line that is longer than any record may be is cut within.
        """
        rest = b""
        with self._rows.open("rb") as file:
            self._digest = hashlib.sha256(file.read(self._start))
            while block := file.read(BLOCK):
                self._digest.update(block)
                rest += block
                # What looks like the end may be blank lines: they wait for what follows.
                whole = rest.rstrip(b"\r\n")
                cut = max(whole.rfind(b"\n"), whole.rfind(b"\r")) + 1
                if not cut and len(rest) > LONGEST_RECORD:
                    cut = len(rest)  # as it is, so that memory stays flat
                if cut:
                    yield rest[:cut]
                    rest = rest[cut:]
        if rest := rest.rstrip(b"\r\n"):
            # As the other lines end: COPY takes no two ways in one file.
            yield rest + (self._ending or b"\n")

    def _observe(self, lines: bytes) -> None:
        seen = self.observed
        if len(lines.translate(None, _CONTROL)) < len(lines) or _HIGH_CONTROL.search(lines):
            seen.control = True
        seen.garbled = seen.garbled or _GARBLED.search(lines) is not None
        seen.padded = seen.padded or _padded(lines, self.separator)
        if b'"' in lines and STRAY_QUOTE[self.separator].search(lines):
            raise NotPlainError


def _split(line: str) -> tuple[str, tuple[str, ...]]:
    """The separator that gives more known headers, and the headers."""
    found = {separator: _headers(line, separator) for separator in SEPARATORS}
    separator = max(found, key=lambda each: len(_KNOWN.intersection(found[each])))
    return separator, found[separator]


def _headers(line: str, separator: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().lower() for cell in cells)


def _padded(lines: bytes, separator: str) -> bool:
    """Whether some cell has blanks around it. A line that only looks so is taken apart."""
    return any(
        cell != cell.strip(_AROUND)
        for blank, beside in _BESIDE[separator]
        if blank in lines
        for place in beside.finditer(lines)
        for cell in _cells_at(lines, place.start(), separator)
    )


def _cells_at(lines: bytes, place: int, separator: str) -> list[str]:
    start = max(lines.rfind(b"\n", 0, place), lines.rfind(b"\r", 0, place)) + 1
    line = re.compile(rb"[^\r\n]*").match(lines, start).group()  # type: ignore[union-attr]
    return next(csv.reader([line.decode()], delimiter=separator), [])
