"""All rows of a query by COPY: the cheapest way out of PostgreSQL.

Numbers and dates stay the text that PostgreSQL writes; no object of Python's is made of a value
that goes straight into a file.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from .statement import Statement

_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_UNSEEN = "\ufffd".encode()
# COPY's own escapes. Backspaces and feeds, which no medium can show, are shown as what they are.
_MEANT = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"b": _UNSEEN, b"f": _UNSEEN, b"v": _UNSEEN}


def copied(rows: QuerySet[Any, Any], batch: int) -> Iterator[bytes]:
    """The rows of a `values_list` as UTF-8, `batch` of them at a time, for `cells`.

    NULL and empty text are both empty; dates are ISO, as every server writes them that was
    not told otherwise.
    """
    question = Statement(rows).text
    if not question:
        return
    with (
        connections[rows.db].cursor() as cursor,
        cursor.copy(f"copy ({question}) to stdout with (null '')") as lines,
    ):
        while some := list(islice(lines, batch)):  # PostgreSQL sends a row at a time
            yield b"".join(some)


def cells(piece: bytes) -> list[bytes]:
    """The cells of a piece by `copied`, those of all its rows one after another."""
    found = piece[:-1].replace(b"\n", b"\t").split(b"\t")
    return [*map(_plain, found)] if b"\\" in piece else found


def _plain(cell: bytes) -> bytes:
    return _ESCAPED.sub(lambda it: _MEANT.get(it[1], it[1]), cell)
