"""A file as a source of records: what it is, is told by its content, never by its name."""

from pathlib import Path

from .csv_source import CsvSource
from .problems import Problem, RefusedError
from .sandbox.apart import run
from .source import Source, content_hash

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_READERS = {b"PK\x03\x04": "workbook", b"PAR1": "parquet"}
LARGEST_BINARY = 200 << 20  # bytes of an XLSX or Parquet file


def open_source(path: Path, workroom: Path) -> Source:
    """Open a file that holds rows; others than CSV are first made into CSV in `workroom`.

    Raises RefusedError when it cannot be read as a file of rows.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == _OLD_OFFICE:
        message = "es un Excel antiguo (.xls) o con contraseña; guárdalo como .xlsx o CSV"
        raise RefusedError(Problem("excel", message))
    reader = _READERS.get(magic)
    return CsvSource(path) if reader is None else _converted(reader, path, workroom)


def _converted(reader: str, path: Path, workroom: Path) -> Source:
    if path.stat().st_size > LARGEST_BINARY:
        raise RefusedError(Problem("desmedido", "es demasiado grande; entrega un CSV"))
    rows = workroom / f"{len(list(workroom.iterdir()))}.csv"
    run(reader, path, rows)
    return Converted(path, rows)


class Converted(CsvSource):
    """The rows of another format, as CSV; messages and receipts name the file itself."""

    def __init__(self, original: Path, rows: Path) -> None:
        super().__init__(rows)
        self.path = original

    @property
    def content_hash(self) -> str:
        return content_hash(self.path)
