"""The one way in: `load_paths`."""

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

from django.db import connection, transaction

from .discovery import files_in
from .faults import FAULTS, problem_of
from .kinds import KINDS, VOUCHERS
from .legal.load import load_legal
from .legal.naming import is_legal
from .one_file import keep_refusal, load_file
from .opening import open_source
from .problems import RefusedError
from .recognition import kind_of, unknown_columns
from .replacing import replacing
from .reports import FileReport
from .shape import Kind
from .source import Source
from .unpacking import ENDING as ARCHIVE
from .unpacking import unpacked


def load_paths(
    paths: Sequence[Path], *, loaded_by: str, check_only: bool = False, replace_all: bool = False
) -> list[FileReport]:
    """Load files and folders in whatever order they were named; one report per file.

    Run as the database's owner. A refused file changes nothing and stops no other.
    With `check_only` everything is validated, also against one another, and rolled back.
    With `replace_all` the rows of these files become all there is of their kinds, or nothing
    changes; readers are not disturbed.
    Raises FileNotFoundError for a path that does not exist.
    """
    named = files_in(paths)
    with (
        tempfile.TemporaryDirectory(prefix="corredores-") as folder,
        _rolled_back() if check_only else nullcontext(),
    ):
        workroom = Path(folder)
        reports = _reports(named, workroom)
        legal = {path: report for path, report in reports.items() if is_legal(path)}
        waiting = [
            found
            for path, report in reports.items()
            if path not in legal and (found := _recognise(path, report, workroom))
        ]
        waiting.sort(key=lambda found: KINDS.index(found[0]))
        with _replacing(waiting, reports) if replace_all and not check_only else nullcontext():
            for kind, source in waiting:
                load_file(
                    kind, source, reports[source.path], loaded_by,
                    check_only=check_only, needed=bool(legal),
                )  # fmt: skip
            # Last: a document finds its brokerage by the cuotas.
            wrote = load_legal(legal, workroom, loaded_by, check_only=check_only)
        if not check_only:
            for path, report in reports.items():
                if report.refused:
                    keep_refusal(path, report, loaded_by)
    tables = {kind.table for kind, source in waiting if reports[source.path].wrote}
    _tidy(tables | ({VOUCHERS.table} if wrote else set()))
    return list(reports.values())


def _reports(files: Sequence[Path], workroom: Path) -> dict[Path, FileReport]:
    """A report for each file, and for each member of a ZIP."""
    reports: dict[Path, FileReport] = {}
    for path in files:
        archive = path.suffix.lower() == ARCHIVE
        reports |= unpacked(path, workroom) if archive else {path: FileReport(str(path))}
    return reports


def _recognise(path: Path, report: FileReport, workroom: Path) -> tuple[Kind, Source] | None:
    if report.refused or path.suffix.lower() == ARCHIVE:
        return None
    started = time.monotonic()
    try:
        source = open_source(path, workroom)
        kind = kind_of(source.headers)
    except RefusedError as refusal:
        report.refuse(*refusal.problems)
        return None
    except OSError as fault:
        report.refuse(problem_of(fault))
        return None
    finally:
        report.seconds = time.monotonic() - started
    report.kind = kind.name
    report.warn(*unknown_columns(kind, source.headers))
    return kind, source


def _replacing(
    waiting: Sequence[tuple[Kind, Source]], reports: Mapping[Path, FileReport]
) -> AbstractContextManager[None]:
    return replacing(list(dict.fromkeys(kind for kind, _source in waiting)), reports.values())


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _tidy(tables: set[str]) -> None:
    """Let the covering indexes serve index-only scans again. Readers are not locked.

    What is in stays in, and is said, also where there is no room to tidy, or the server left.
    """
    if connection.in_atomic_block:
        return  # within somebody's transaction; autovacuum will come
    with suppress(*FAULTS), connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"vacuum (analyze, truncate false) {table}")
