"""Which files a call means: those named, and those of a folder that may hold data."""

from collections.abc import Iterator, Sequence
from pathlib import Path

ENDINGS = frozenset({".csv", ".txt", ".xlsx", ".parquet", ".xml", ".pdf", ".zip"})


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Each file once, in order of name within a folder. Raises FileNotFoundError."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise FileNotFoundError(path)
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        # Marks of delivery, half-written and hidden files lie in such folders, too.
        if file.is_file() and file.suffix.lower() in ENDINGS and not file.name.startswith("."):
            yield file
