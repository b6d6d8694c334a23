"""Loading an upload: what the worker does, as the database's owner.

A try that was cut short is done again from the start: a file that is in has its receipt, written
in the transaction of its rows, and is left alone; one that is not left nothing behind.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from corredores.audit.actions import Actor, Entry, record
from corredores.audit.models import Action
from corredores.loading.actions import load_paths
from corredores.loading.models import Outcome, Receipt
from corredores.loading.reports import FileReport

from .models import State, Upload

MOST_TRIES = 3
# The file is not to blame: the database or the disk was away, so it is worth another try.
_NOT_THE_FILE = {"base_de_datos", "archivo"}


class CutShortError(Exception):
    """The load could not be done now; nothing has changed."""


def run(upload_id: int, *, last_try: bool) -> None:
    """Load the files of one upload. Raises what is worth another try, unless it is the last."""
    upload = Upload.objects.get(pk=upload_id)
    if upload.is_over:
        return
    upload.state, upload.started_at = State.RUNNING, timezone.now()
    upload.save(update_fields=["state", "started_at"])
    try:
        _load(upload)
    except Exception as error:
        if not last_try:
            raise
        give_up(upload, str(error) if isinstance(error, CutShortError) else "")
        raise
    _end(upload, State.ENDED)


def give_up(upload: Upload, reason: str) -> None:
    """After the last try: say so; what had come in before stays in."""
    text = reason or "El servidor no pudo terminar esta carga. Envíala otra vez."
    _end(upload, State.FAILED, text[:500])


def _load(upload: Upload) -> None:
    done = set(_receipts(upload).exclude(outcome=Outcome.REFUSED).values_list("file", flat=True))
    waiting = [file for file in upload.stored() if file["name"] not in done]
    with tempfile.TemporaryDirectory(prefix="corredores-") as folder:
        paths = [_fetched(file["stored"], Path(folder) / file["name"]) for file in waiting]
        reports = load_paths(paths, loaded_by=upload.mark) if paths else []
    if reason := _interrupted(reports):
        raise CutShortError(reason)


def _fetched(stored: str, target: Path) -> Path:
    """A file of the storage under its own name, which reports and receipts tell."""
    with default_storage.open(stored) as source, target.open("wb") as copy:
        for block in source.chunks():
            copy.write(block)
    return target


def _interrupted(reports: Sequence[FileReport]) -> str:
    found = (error for report in reports for error in report.errors if error.code in _NOT_THE_FILE)
    return next((error.message for error in found), "")


def _receipts(upload: Upload) -> QuerySet[Receipt]:
    return Receipt.objects.filter(loaded_by=upload.mark, loaded_at__gte=upload.sent_at)


def _end(upload: Upload, state: State, trouble: str = "") -> None:
    newest = {receipt.file: receipt for receipt in _receipts(upload).order_by("pk")}
    stored = [file["stored"] for file in upload.stored()]
    with transaction.atomic():
        upload.receipts.set(newest.values())
        upload.state, upload.trouble, upload.ended_at = state, trouble, timezone.now()
        upload.files = [{**file, "stored": ""} for file in upload.files]
        upload.save(update_fields=["state", "trouble", "ended_at", "files"])
        entries = [_entry(upload, receipt) for receipt in newest.values()]
        if trouble:
            told = f"Carga {upload.pk} fallida: {trouble}"
            entries.append(Entry(Action.LOADED, ", ".join(upload.names()), told))
        record(Actor(upload.user_id, upload.sent_by), *entries)
    for name in stored:
        default_storage.delete(name)


def _entry(upload: Upload, receipt: Receipt) -> Entry:
    told = f"Carga {upload.pk}: {receipt.kind or 'archivo'}, {Outcome(receipt.outcome).label}"
    return Entry(Action.LOADED, receipt.file, told, rows=receipt.rows)
