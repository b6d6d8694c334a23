"""The legal files of a call, some hundred vouchers in one transaction: rows, then files."""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from django.db import connection, transaction

from corredores.loading.checks import check
from corredores.loading.faults import FAULTS, problem_of
from corredores.loading.kinds import VOUCHERS
from corredores.loading.meeting import meet
from corredores.loading.merging import merge, prepare
from corredores.loading.one_file import one_at_a_time
from corredores.loading.problems import Problem
from corredores.loading.receipts import salted, write_receipt
from corredores.loading.reports import FileReport
from corredores.loading.scratch import scratch
from corredores.loading.verdicts import classify
from corredores.vouchers.store import name_of

from .attaching import attach, replaced, stored
from .files import Batch, LegalFile, batches
from .judging import take_the_refused
from .keeping import Keeping, is_whole, keeping
from .naming import Sort
from .reading import Reading, read
from .staging import refuse_contradictions, stage_readings


def load_legal(
    reports: Mapping[Path, FileReport], workroom: Path, loaded_by: str, *, check_only: bool
) -> bool:
    """Load files that `is_legal` and fill their reports; whether any row was written.

    A file that is refused stops no other. Nothing is raised for a bad file.
    """
    wrote = False
    for room, batch in batches(reports, workroom):
        started = time.monotonic()
        files = [file for sorts in batch.values() for file in sorts.values()]
        try:
            wrote |= _load(batch, files, room, loaded_by, check_only=check_only)
        except FAULTS as fault:
            for file in files:
                if not file.report.refused:
                    file.report.inserted = file.report.updated = file.report.unchanged = 0
                    file.report.refuse(problem_of(fault))
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        for file in files:
            file.report.seconds = (time.monotonic() - started) / len(files)
    return wrote


def _load(
    batch: Batch, files: Sequence[LegalFile], room: Path, loaded_by: str, *, check_only: bool
) -> bool:
    there = _already_there(batch, files)
    readings = read([file for file in files if file not in there], room)
    with ExitStack() as stack:
        keep = None if check_only else stack.enter_context(keeping())
        stack.enter_context(transaction.atomic())
        one_at_a_time()
        documents = [f for f in files if f.sort is Sort.XML and f.copy in readings]
        with scratch():
            wrote = _merge(documents, readings, room)
        wrote |= _attach(files, readings, keep)
        if not check_only:
            for file in files:
                _receipt(file, loaded_by, known=file in there)
    return wrote


def _already_there(batch: Batch, files: Sequence[LegalFile]) -> list[LegalFile]:
    """Files that their voucher has already, to the letter: they are not even read."""
    vouchers = stored(batch)
    there = []
    for file in files:
        voucher = vouchers.get(file.voucher)
        if (
            voucher
            and voucher.files[file.sort] == file.digest
            and is_whole(name_of(file.sort, file.digest), file)
        ):
            file.report.unchanged, file.report.already_in = 1, True
            there.append(file)
    return there


def _merge(documents: Sequence[LegalFile], readings: Mapping[Path, Reading], room: Path) -> bool:
    """The rows of the documents, as of any file of comprobantes; the refused are left out."""
    if not documents:
        return False
    said = [readings[file.copy] for file in documents]
    observed = stage_readings(said, room)
    check(VOUCHERS, observed)
    take_the_refused(documents, said)
    refuse_contradictions()
    take_the_refused(documents, said)
    counts = FileReport("")
    meet(VOUCHERS)
    prepare(VOUCHERS)
    classify(VOUCHERS, counts)
    if counts.inserted or counts.updated:
        merge(VOUCHERS, counts)
    return bool(counts.inserted or counts.updated)


def _attach(
    files: Sequence[LegalFile], readings: Mapping[Path, Reading], keep: Keeping | None
) -> bool:
    """Give each voucher its files; a PDF or CDR makes no voucher, so it must be there. What
    comes with a refused XML belongs to that document, not to the voucher that is there."""
    vouchers = stored({file.voucher for file in files})
    spoiled = {file.voucher for file in files if file.sort is Sort.XML and file.report.refused}
    new: list[LegalFile] = []
    old: list[str] = []
    for file in files:
        if file.report.refused or file.copy not in readings:
            continue
        if file.voucher in spoiled:
            message = "el XML de este comprobante se rechazó; corrígelo y entrega ambos"
            file.report.refuse(Problem("xml_rechazado", message, value=file.original.name))
            continue
        voucher = vouchers.get(file.voucher)
        if voucher is None:
            message = "no hay comprobante con este número; entrega su XML o el de comprobantes"
            file.report.refuse(Problem("sin_comprobante", message, value=file.original.name))
            continue
        attach(voucher, file, readings[file.copy])
        old += replaced(voucher, file)
        new.append(file)
    if keep and new:
        keep.keep(new, old)
    return bool(new)


def _receipt(file: LegalFile, loaded_by: str, *, known: bool) -> None:
    if not file.report.refused:
        digest = "" if known else salted(file.digest)
        write_receipt(file.original, file.report, loaded_by, content_hash=digest)
