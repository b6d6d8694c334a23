"""Taking in files: looked at, kept, and put into the queue in one transaction."""

import hashlib
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from corredores.audit.actions import Actor, Entry, record
from corredores.audit.models import Action
from corredores.tokens.models import Token

from .models import Upload
from .queries import on_their_way
from .tasks import load_upload

FOLDER = "cargas/entregas"
MOST_FILES = 20
MOST_WAITING = 100  # uploads: beyond, who sends waits for the worker
_LONGEST_NAME = 150
_LOOKED_AT = 4096  # bytes
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PAR1")  # XLSX and ZIP, also an empty one; Parquet
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class UploadError(Exception):
    """What was sent cannot be taken in; the message says why, to who sent it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class KeyReusedError(Exception):
    """The idempotency key was used before, with other files."""


@dataclass(frozen=True)
class Sender:
    """Who sends: the name in the trail and, for a program, its token and idempotency key."""

    actor: Actor
    token: Token | None = None
    key: str = ""


def receive(sender: Sender, files: "Sequence[File[Any]]") -> Upload:
    """Keep `files` and queue their load; the earlier upload when the key and they are the same.

    Raises UploadError, KeyReusedError, and OSError when they cannot be kept.
    """
    look_at(files)
    facts = [_facts(file) for file in files]
    if known := _known(sender, facts):
        return known
    if on_their_way().count() >= MOST_WAITING:
        text = "Hay demasiadas cargas en espera. Inténtalo en unos minutos."
        raise UploadError("en_espera", text)
    kept: list[str] = []
    try:
        for file, fact in zip(files, facts, strict=True):
            file.seek(0)
            fact["stored"] = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}", file)
            kept.append(fact["stored"])
        return _queue(sender, facts)
    except BaseException as error:
        forget(kept)
        # Two calls with one key at the same moment: the other was first.
        if isinstance(error, IntegrityError) and (known := _known(sender, facts)):
            return known
        raise


def look_at(files: "Sequence[File[Any]]") -> None:
    """What can be said at the door, before anything is kept. Raises UploadError."""
    if not files:
        raise UploadError("sin_archivo", "Elige un archivo.")
    if len(files) > MOST_FILES:
        raise UploadError("demasiados", f"Son demasiados archivos: hasta {MOST_FILES} a la vez.")
    names = [clean_name(file) for file in files]
    if len({name.casefold() for name in names}) < len(names):
        raise UploadError("mismo_nombre", "Dos archivos tienen el mismo nombre.")
    if sum(file.size for file in files) > limit():
        raise too_big()
    for file, name in zip(files, names, strict=True):
        _look_inside(file, name)


def limit() -> int:
    """Bytes that one upload may have, all its files together."""
    return int(settings.UPLOAD_MEGABYTES) << 20


def too_big() -> UploadError:
    most = f"{settings.UPLOAD_MEGABYTES:,} MB"
    text = f"Es demasiado grande: hasta {most} a la vez. Usa `corredores load` en el servidor."
    return UploadError("desmedido", text)


def clean_name(file: "File[Any]") -> str:
    """The file's own name without folders and without what cannot be printed."""
    name = PurePath(str(file.name or "").replace("\\", "/")).name
    printable = "".join(it for it in unicodedata.normalize("NFC", name) if it.isprintable())
    return printable.strip(". ")[-_LONGEST_NAME:] or "archivo"


def forget(names: Iterable[str]) -> None:
    """Take files out of the storage; one that is gone already is gone."""
    for name in names:
        default_storage.delete(name)


def _look_inside(file: "File[Any]", name: str) -> None:
    if not file.size:
        raise UploadError("vacio", f"«{name}» está vacío.")
    file.seek(0)
    start = file.read(_LOOKED_AT)
    if start.startswith(_OLD_OFFICE):
        text = f"«{name}» es un Excel antiguo (.xls) o con contraseña; guárdalo como .xlsx o CSV."
        raise UploadError("tipo", text)
    if b"\0" in start and not start.startswith(_PACKED):
        text = f"«{name}» no es CSV, Excel (.xlsx), Parquet ni ZIP."
        raise UploadError("tipo", text)


def _facts(file: "File[Any]") -> dict[str, Any]:
    digest = hashlib.sha256()
    for block in file.chunks():
        digest.update(block)
    return {"name": clean_name(file), "size": file.size, "sha256": digest.hexdigest()}


def _fingerprint(facts: list[dict[str, Any]]) -> str:
    told = "\n".join(sorted(f"{fact['sha256']} {fact['name']}" for fact in facts))
    return hashlib.sha256(told.encode()).hexdigest()


def _known(sender: Sender, facts: list[dict[str, Any]]) -> Upload | None:
    if not sender.key:
        return None
    found = Upload.objects.filter(token=sender.token, idempotency_key=sender.key).first()
    if found is not None and found.fingerprint != _fingerprint(facts):
        raise KeyReusedError
    return found


@transaction.atomic
def _queue(sender: Sender, facts: list[dict[str, Any]]) -> Upload:
    upload = Upload.objects.create(
        files=facts,
        fingerprint=_fingerprint(facts),
        sent_by=sender.actor.username,
        user_id=sender.actor.user_id,
        token=sender.token,
        idempotency_key=sender.key,
    )
    load_upload.defer(upload_id=upload.pk)
    size = sum(fact["size"] for fact in facts)
    text = f"Carga {upload.pk} recibida, {size:,} bytes"
    record(sender.actor, Entry(Action.LOADED, ", ".join(upload.names()), text))
    return upload
