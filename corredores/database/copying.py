"""All rows of a query by COPY: the cheapest way out of PostgreSQL.

Numbers and dates stay the text that PostgreSQL writes; no object of Python's is made of a value
that goes straight into a file.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from .statement import Statement


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
