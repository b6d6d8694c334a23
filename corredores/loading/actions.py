"""The one way in: `load_paths`."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db import connection, transaction

from .discovery import files_in
from .faults import problem_of
from .kinds import KINDS
from .one_file import keep_refusal, load_file
from .opening import open_source
from .problems import RefusedError
from .recognition import kind_of, unknown_columns
from .reports import FileReport
from .shape import Kind
from .source import Source


def load_paths(
    paths: Sequence[Path], *, loaded_by: str, check_only: bool = False
) -> list[FileReport]:
    """Load files and folders in whatever order they were named; one report per file.

    Run as the database's owner. A refused file changes nothing and stops no other.
    With `check_only` everything is validated, also against one another, and rolled back.
    Raises FileNotFoundError for a path that does not exist.
    """
    reports = {path: FileReport(str(path)) for path in files_in(paths)}
    with (
        tempfile.TemporaryDirectory(prefix="corredores-") as workroom,
        _rolled_back() if check_only else nullcontext(),
    ):
        waiting = [
            found for path in reports if (found := _recognise(path, reports[path], Path(workroom)))
        ]
        waiting.sort(key=lambda found: KINDS.index(found[0]))
        for kind, source in waiting:
            load_file(kind, source, reports[source.path], loaded_by, check_only=check_only)
    if not check_only:
        for path, report in reports.items():
            if report.refused:
                keep_refusal(path, report, loaded_by)
    _tidy({kind.table for kind, source in waiting if reports[source.path].wrote})
    return list(reports.values())


def _recognise(path: Path, report: FileReport, workroom: Path) -> tuple[Kind, Source] | None:
    try:
        source = open_source(path, workroom)
        kind = kind_of(source.headers)
    except RefusedError as refusal:
        report.refuse(*refusal.problems)
        return None
    except OSError as fault:
        report.refuse(problem_of(fault))
        return None
    report.kind = kind.name
    report.warn(*unknown_columns(kind, source.headers))
    return kind, source


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _tidy(tables: set[str]) -> None:
    """Let the covering indexes serve index-only scans again. Readers are not locked."""
    if connection.in_atomic_block:
        return  # within somebody's transaction; autovacuum will come
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"vacuum (analyze, truncate false) {table}")
