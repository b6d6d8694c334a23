"""A file as a source of records: what it is, is told by its content, never by its name."""

from pathlib import Path

from .csv_source import CsvSource
from .source import Source


def open_source(path: Path) -> Source:
    """Open a file that holds rows. Raises RefusedError when it cannot be read as one."""
    return CsvSource(path)
