"""Lines that COPY writes, taken apart."""

import re
from functools import lru_cache

_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_UNSEEN = "\ufffd".encode()
# COPY's own escapes. Backspaces and feeds, which no medium can show, are shown as what they are.
_MEANT = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"b": _UNSEEN, b"f": _UNSEEN, b"v": _UNSEEN}
_NULL = rb"\N"
_REMEMBERED = 1_024  # lines


def cells(piece: bytes) -> list[bytes]:
    """The cells of some rows, one after another, in UTF-8; of rows without NULL."""
    found = piece[:-1].replace(b"\n", b"\t").split(b"\t")
    return [*map(_plain, found)] if b"\\" in piece else found


@lru_cache(_REMEMBERED)
def values_of(line: bytes) -> tuple[str | None, ...]:
    """The values of one row. Remembered: clerks come back to the rows that they work on."""
    found = line[:-1].split(b"\t")
    return tuple(None if cell == _NULL else _plain(cell).decode() for cell in found)


def _plain(cell: bytes) -> bytes:
    return _ESCAPED.sub(lambda it: _MEANT.get(it[1], it[1]), cell) if b"\\" in cell else cell
