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

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# COPY's own escapes. Backspaces and feeds, which no medium can show, are shown as what they are.
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "b": "\ufffd", "f": "\ufffd", "v": "\ufffd"}


def copied(rows: QuerySet[Any, Any], batch: int) -> Iterator[str]:
    """The rows of a `values_list` as text, `batch` of them at a time, for `cells`.

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
            yield b"".join(some).decode()


def cells(text: str) -> list[list[str]]:
    """The rows in a piece of text by `copied`, each as the texts of its cells."""
    rows = [line.split("\t") for line in text.split("\n")[:-1]]
    return [[*map(_plain, row)] for row in rows] if "\\" in text else rows


def _plain(cell: str) -> str:
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), cell)
