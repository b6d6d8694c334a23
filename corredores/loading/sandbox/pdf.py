"""Whether a file is a whole PDF that only shows something: no scripts, no files inside it.

What people receive is this very file, so it is looked at before it is kept. Nothing is drawn.
"""

import re
import zlib
from collections.abc import Iterator

from corredores.loading.problems import Problem, RefusedError

_HEADER = re.compile(rb"%PDF-[12]\.\d")
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*$")
_TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_OBJECTS = re.compile(rb"/ObjStm\b[^>]*>>\s*stream\r?\n", re.DOTALL)
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)(?![A-Za-z])", re.IGNORECASE
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_OBJECTS = 16 << 20  # bytes of objects packed into streams


def check(content: bytes) -> None:
    """Raise RefusedError unless it is a PDF, whole and passive."""
    if not _HEADER.match(content):
        raise RefusedError(
            Problem("pdf", "no es un PDF", value=content[:8].decode("ascii", "replace"))
        )
    end = _END.search(content[-1100:])
    if end is None or not _TABLE.match(content[int(end[1]) : int(end[1]) + 40]):
        raise RefusedError(Problem("pdf", "el PDF está cortado o dañado"))
    for part in (_STREAM.sub(b"", content), *_packed(content)):
        found = _ACTIVE.search(_ESCAPE.sub(_plain, part))
        if found:
            message = "el PDF tiene contenido activo, archivos dentro o contraseña"
            raise RefusedError(Problem("pdf_activo", message, value=found[1].decode("ascii")))


def _plain(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape[1], 16),))


def _packed(content: bytes) -> Iterator[bytes]:
    """Objects that a PDF keeps compressed, as far as the limit goes."""
    room = _MOST_OBJECTS
    for start in _OBJECTS.finditer(content):
        try:
            objects = zlib.decompressobj().decompress(content[start.end() :], room)
        except zlib.error:
            continue  # another filter, or none: then the text itself has been searched
        room -= len(objects)
        if room <= 0:
            raise RefusedError(Problem("desmedido", "el PDF es demasiado grande"))
        yield objects
