"""ZIP archives: what is in one, and how much, before anything is unpacked for use."""

import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from corredores.loading.problems import Problem, RefusedError

MOST_MEMBERS = 20_000
MOST_UNPACKED = 1 << 30
MOST_RATIO = 100  # times smaller than unpacked: no text of ours packs better
_SMALL = 10 << 20  # unpacked bytes up to which the ratio says nothing
_LONGEST_DIRECTORY = 10 << 20
_LONGEST_END = (1 << 16) + 22
_BLOCK = 1 << 18
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
        ValueError, OverflowError)  # fmt: skip
_ESCAPES = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
# Letters, digits and harmless signs: no control, no sign that turns the reading direction.
_PLAIN = re.compile(r"[\w .,()+&'@=/-]{1,250}")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def opened(path: Path, *, most: int) -> zipfile.ZipFile:
    """The archive, if its directory promises at most `most` bytes. Raises RefusedError."""
    try:
        _refuse_endless_directory(path)
        archive = zipfile.ZipFile(path)
    except RefusedError:
        raise
    except _BAD:
        raise RefusedError(Problem("zip", "el archivo ZIP está dañado o cortado")) from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > most:
        raise RefusedError(Problem("desmedido", "desempaquetado sería demasiado grande"))
    for member in members:
        if _ESCAPES.search(member.filename):
            raise _refused("un nombre dentro del ZIP apunta fuera de él", member.filename)
        if member.flag_bits & 1:
            raise RefusedError(Problem("zip", "el archivo ZIP está protegido con contraseña"))
    return archive


def _refuse_endless_directory(path: Path) -> None:
    """The directory is read into memory as a whole: what its end record says of it comes first."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if 0 <= end <= len(tail) - 22:
        members, length = struct.unpack_from("<HI", tail, end + 10)
        if members > MOST_MEMBERS or length > _LONGEST_DIRECTORY:  # ZIP64's marks are above, too
            raise RefusedError(Problem("desmedido", "el ZIP tiene demasiados archivos"))


def blocks(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes; what is more than promised, or has a wrong sum, is refused."""
    try:
        with archive.open(name) as member:
            while block := member.read(_BLOCK):
                yield block
    except _BAD:
        said = name if isinstance(name, str) else name.filename
        raise RefusedError(Problem("zip", "el archivo ZIP está dañado", value=said[:200])) from None


def write(order: Path, out: IO[str]) -> None:
    """Unpack {"archive", "folder", "endings"}: each member into a numbered folder of its own.

    Out: JSON lines {"path", "name"} of the members with one of the endings. Raises RefusedError:
    then nothing of the archive is to be used.
    """
    asked = json.loads(order.read_text())
    with opened(Path(asked["archive"]), most=MOST_UNPACKED) as archive:
        wanted = [m for m in _whole(archive) if _meant(m.filename, asked["endings"])]
        for number, member in enumerate(wanted):
            room = Path(asked["folder"], f"{number:05d}")
            room.mkdir()
            # A plain base name in a folder of its own: it can neither escape nor meet another.
            path = room / PurePosixPath(member.filename).name
            with path.open("xb") as file:
                for block in blocks(archive, member):
                    file.write(block)
            out.write(json.dumps({"path": str(path), "name": member.filename}) + "\n")


def _whole(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members, after a look at all they promise. Raises RefusedError."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    names: set[str] = set()
    for member in members:
        if stat.S_ISLNK(member.external_attr >> 16) or not _PLAIN.fullmatch(member.orig_filename):
            raise _refused("un nombre o enlace dentro del ZIP no se admite", member.orig_filename)
        if (name := member.filename.casefold()) in names:
            raise _refused("un nombre está dos veces en el ZIP", member.filename)
        names.add(name)
        if member.compress_type not in _METHODS:
            raise _refused("el ZIP usa una compresión que no se lee", member.filename)
    total = sum(member.file_size for member in members)
    if total > max(_SMALL, MOST_RATIO * sum(member.compress_size for member in members)):
        raise RefusedError(Problem("desmedido", "desempaquetado sería demasiado grande"))
    _refuse_overlaps(members)
    return members


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Members that share their bytes are a bomb which no sum of sizes shows."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise _refused("el ZIP está dañado: dos archivos se pisan", member.filename)
        end = member.header_offset + member.compress_size


def _meant(name: str, endings: list[str]) -> bool:
    """As in a folder: marks of delivery and hidden files are not read."""
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in endings and not hidden


def _refused(message: str, name: str) -> RefusedError:
    shown = name[:200].encode("unicode_escape").decode("ascii")
    return RefusedError(Problem("zip", message, value=shown))
