"""ZIP archives: what is in one, and how much, before anything is unpacked for use."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from corredores.loading.problems import Problem, RefusedError

MOST_MEMBERS = 20_000
_BLOCK = 1 << 18
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_ESCAPES = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")


def opened(path: Path, *, most: int) -> zipfile.ZipFile:
    """The archive, if its directory promises at most `most` bytes. Raises RefusedError."""
    try:
        archive = zipfile.ZipFile(path)
    except _BAD:
        raise RefusedError(Problem("zip", "el archivo ZIP está dañado o cortado")) from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > most:
        raise RefusedError(Problem("desmedido", "desempaquetado sería demasiado grande"))
    for member in members:
        if _ESCAPES.search(member.filename):
            message = "un nombre dentro del ZIP apunta fuera de él"
            raise RefusedError(Problem("zip", message, value=member.filename[:200]))
        if member.flag_bits & 1:
            raise RefusedError(Problem("zip", "el archivo ZIP está protegido con contraseña"))
    return archive


def blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member's bytes; what is more than promised, or has a wrong sum, is refused."""
    try:
        with archive.open(name) as member:
            while block := member.read(_BLOCK):
                yield block
    except _BAD:
        raise RefusedError(Problem("zip", "el archivo ZIP está dañado", value=name)) from None
