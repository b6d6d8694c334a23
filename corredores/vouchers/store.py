"""The legal files of vouchers: kept under their content's hash, whole or not at all."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

ALIAS = "comprobantes"  # in STORAGES
ENDINGS = {"pdf": "pdf", "xml": "xml", "cdr": "xml"}


class MissingFileError(LookupError):
    """A row names a file that is not there, or is not what it was when it was kept."""


class WholeFiles(FileSystemStorage):
    """Files appear under their name only once all of them is on the disk.

    A half one, which a crash leaves, goes with its name, or is written over.
    """

    def _save(self, name: str, content: "File[bytes] | IO[bytes]") -> str:
        path, part = Path(self.path(name)), self._half(name)
        path.parent.mkdir(0o750, parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                while block := content.read(1 << 20):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(self.file_permissions_mode or 0o640)
            part.rename(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        return name

    def delete(self, name: str) -> None:
        super().delete(name)
        self._half(name).unlink(missing_ok=True)

    def _half(self, name: str) -> Path:
        path = Path(self.path(name))
        return path.with_name(f".{path.name}.part")


def store() -> Storage:
    """Where the files are (setting `STORAGES`)."""
    return storages[ALIAS]


def name_of(sort: str, digest: str) -> str:
    """The name in the store. `sort` is `pdf`, `xml` or `cdr`."""
    return f"{digest[:2]}/{digest}.{ENDINGS[sort]}"


def read(sort: str, digest: str) -> bytes:
    """The file as it was delivered. Raises MissingFileError when it is not, to the letter."""
    try:
        with store().open(name_of(sort, digest)) as file:
            content: bytes = file.read()
    except OSError as fault:
        raise MissingFileError(f"{sort} {digest}: {fault.strerror or fault}") from fault
    if hashlib.sha256(content).hexdigest() != digest:
        raise MissingFileError(f"{sort} {digest}: the content has changed")
    return content


def discard(names: Iterable[str]) -> None:
    """Remove files that no row names. What is not there, is removed already."""
    for name in names:
        store().delete(name)
