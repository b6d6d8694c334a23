"""One file in one transaction: in, whole and right, or as if it had never come."""

import time
from contextlib import suppress
from pathlib import Path

from django.db import connection, transaction

from .checks import check, report_problems
from .faults import FAULTS, problem_of
from .kinds import BROKERAGES
from .meeting import meet, set_aside
from .merging import merge, prepare
from .problems import Problem, RefusedError
from .receipts import known_content, salted, staged_facts, write_receipt
from .rejects import keep_rejects
from .reports import FileReport
from .scratch import scratch
from .shape import Kind
from .source import Source
from .staging import stage
from .verdicts import classify

_LOCK = 7_302_611_204  # one load at a time, over all processes


def load_file(
    kind: Kind, source: Source, report: FileReport, loaded_by: str, *, check_only: bool,
    needed: bool = False,
) -> None:  # fmt: skip
    """Load or check one file and fill its report. Nothing is raised for a bad file.

    `needed`: what follows in the call looks its rows up, so they are merged even to check.
    """
    started = time.monotonic() - report.seconds  # opening it took these
    try:
        with transaction.atomic():
            one_at_a_time()
            if check_only:
                with scratch():
                    _stage_and_check(kind, source, report)
                    _merge(kind, report, needed=needed or kind is BROKERAGES)
            elif not _already_in(source, report, loaded_by):
                with scratch():
                    _stage_and_check(kind, source, report)
                    _merge(kind, report, needed=True)
                    report.seconds = time.monotonic() - started
                    facts = staged_facts(kind)
                digest = salted(source.content_hash)
                write_receipt(source.path, report, loaded_by, content_hash=digest, **facts)
    except RefusedError as refusal:
        report.refuse(*refusal.problems)
    except FAULTS as fault:
        report.refuse(problem_of(fault))
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
    report.seconds = time.monotonic() - started


def keep_refusal(path: Path, report: FileReport, loaded_by: str) -> None:
    """A receipt for a file that changed nothing; without one, if the database is away."""
    with suppress(*FAULTS), transaction.atomic():
        write_receipt(path, report, loaded_by)


def one_at_a_time() -> None:
    """Wait, in this transaction, for every other load to end; it gives way at its own end."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("set local work_mem = '128MB'")
        # A hash that workers share lies in /dev/shm, of which a container has 64 MB.
        cursor.execute("set local enable_parallel_hash = off")


def _already_in(source: Source, report: FileReport, loaded_by: str) -> bool:
    known = known_content(source.path)
    if known is None:
        return False
    report.rows = report.unchanged = known.rows
    report.already_in = True
    facts = {"content_hash": known.content_hash, "newest": known.newest, "sums": known.sums}
    write_receipt(source.path, report, loaded_by, **facts)
    return True


def _stage_and_check(kind: Kind, source: Source, report: FileReport) -> None:
    stage(kind, source)
    report.rows = _count()
    if not report.rows:
        report.warn(Problem("sin_filas", "el archivo no tiene filas"))
    meet(kind)
    unchanged = set_aside(kind)
    check(kind, source.observed)
    report_problems(kind, report)
    if report.refused:
        report.reject_file = keep_rejects(kind, source)
        raise RefusedError
    report.unchanged = unchanged


def _merge(kind: Kind, report: FileReport, *, needed: bool) -> None:
    # A row that is the same may name a policyholder's other e-mail, which no column holds.
    any_left = report.rows > report.unchanged
    prepare(kind)
    classify(kind, report)
    # Brokerages are merged even to check, as the other files of the call refer to them.
    if any_left and needed:
        merge(kind, report)


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from staged")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
