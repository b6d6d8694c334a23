"""The one way in: `load_paths`. Each file in a transaction of its own, whole or not at all."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from django.db import connection, transaction

from .checks import check
from .csv_source import CsvSource
from .discovery import files_in
from .kinds import KINDS
from .merging import classify, merge, prepare
from .models import Receipt
from .recognition import kind_of, unknown_columns
from .reports import FileReport, RefusedError
from .shape import Kind
from .source import Source, content_hash
from .staging import stage

_LOCK = 7_302_611_204  # one load at a time, over all processes

# What the planner should know of the staged rows: what they are joined and grouped by.
_PLANNED = (
    "codigo", "id_cuota", "numero", "codigo_corredor", "contratante_num_doc", "contratante",
    "poliza", "emisor_ruc", "serie",
)  # fmt: skip


def load_paths(
    paths: Sequence[Path], *, loaded_by: str, check_only: bool = False
) -> list[FileReport]:
    """Load files and folders in whatever order they were named; one report per file.

    Run as the database's owner. A refused file changes nothing and stops no other.
    With `check_only` everything is validated, also against one another, and rolled back.
    Raises FileNotFoundError for a path that does not exist.
    """
    reports = {path: FileReport(str(path)) for path in files_in(paths)}
    waiting = [found for path in reports if (found := _recognise(path, reports[path]))]
    waiting.sort(key=lambda found: KINDS.index(found[0]))
    with ExitStack() as stack:
        if check_only:
            stack.enter_context(transaction.atomic())
        for kind, source in waiting:
            _load(kind, source, reports[source.path], loaded_by, check_only)
        if check_only:
            transaction.set_rollback(True)
    _tidy({kind.table for kind, source in waiting if not reports[source.path].refused})
    return list(reports.values())


def _recognise(path: Path, report: FileReport) -> tuple[Kind, Source] | None:
    try:
        source = CsvSource(path)
        kind = kind_of(source.headers)
    except RefusedError as refusal:
        report.refuse(*refusal.problems)
        return None
    report.kind = kind.name
    report.warn(*unknown_columns(kind, source.headers))
    return kind, source


def _load(kind: Kind, source: Source, report: FileReport, loaded_by: str, check_only: bool) -> None:
    started = time.monotonic()
    try:
        with transaction.atomic():
            _load_within(kind, source, report, check_only)
            if not check_only:
                _receipt(kind, source, report, loaded_by, time.monotonic() - started)
    except RefusedError as refusal:
        report.refuse(*refusal.problems)
    report.seconds = time.monotonic() - started


def _load_within(kind: Kind, source: Source, report: FileReport, check_only: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("set local work_mem = '128MB'")
    structure = stage(kind, source)
    report.rows = _count(kind)
    check(kind, report, structure, control=source.observed.control)
    if report.refused:
        raise RefusedError
    prepare(kind)
    classify(kind, report)
    if report.rows == report.unchanged:
        return
    # The rows of a small kind are merged even to check: others refer to them.
    if not check_only or kind is KINDS[0]:
        merge(kind)


def _count(kind: Kind) -> int:
    columns = [header for header in _PLANNED if kind.has(header)]
    with connection.cursor() as cursor:
        cursor.execute(f"analyze staged ({', '.join(columns)})")
        cursor.execute("select count(*) from staged")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _receipt(
    kind: Kind, source: Source, report: FileReport, loaded_by: str, seconds: float
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select max(actualizado_en::timestamptz) from staged")
        newest = (cursor.fetchone() or (None,))[0]
    Receipt.objects.create(
        file=source.path.name[:255],
        kind=kind.name,
        content_hash=content_hash(source.path),
        rows=report.rows,
        inserted=report.inserted,
        updated=report.updated,
        unchanged=report.unchanged,
        stale=report.stale,
        warnings=report.warning_count,
        newest=newest,
        seconds=seconds,
        loaded_by=loaded_by,
    )


def _tidy(tables: set[str]) -> None:
    """Let the covering indexes serve index-only scans again. Readers are not locked."""
    if connection.in_atomic_block:
        return  # within somebody's transaction; autovacuum will come
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"vacuum (analyze, truncate false) {table}")
