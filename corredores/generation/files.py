"""The four files: CSV by RFC 4180, UTF-8, separated by semicolons, written as a stream."""

import re
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

SEPARATOR = ";"
_NEEDS_QUOTES = re.compile(r'[";\r\n]')


def cell(text: str) -> str:
    """Free text as one CSV cell. Codes, dates and amounts never need it."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


class CsvFile:
    """Counts and writes lines whose cells are ready; memory stays flat."""

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        self.name = path.name
        self.rows = 0
        self._file = path.open("w", encoding="utf-8", newline="", buffering=1 << 18)
        self._write = self._file.write
        self._write(SEPARATOR.join(columns) + "\n")

    def add(self, cells: Iterable[str]) -> None:
        self._write(SEPARATOR.join(cells) + "\n")
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
