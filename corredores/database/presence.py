"""Whether the database answers, and what it was asked meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection


def answers() -> bool:
    """Whether a statement comes back. A connection on which it did not is given up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        connection.close()
        return False
    return True


class Asked:
    """The statements of a stretch of work, and the seconds they took."""

    def __init__(self) -> None:
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - began


@contextmanager
def counting() -> Iterator[Asked]:
    """What this thread asks of the database within."""
    asked = Asked()
    with connection.execute_wrapper(asked):
        yield asked
