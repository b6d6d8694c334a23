"""The tables of a load: made in its transaction, dropped at its end, seen by nobody else.

They are unlogged, not temporary: the workers of a parallel query may read them, and much of a big
load is reading them. What a crash of the server leaves of them are empty files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from django.db import connection

Name = Literal[
    "staged", "met", "aside", "rest", "problems", "suspects", "documents", "wrong", "verdicts",
    "named", "folded_names", "people", "asking", "links", "late", "voucher_lines", "touched",
    "typed",
]  # fmt: skip


@contextmanager
def scratch() -> Iterator[None]:
    """Inside a transaction: at the end of the block none of the tables is left.

    After an error they go with the transaction, in which nothing could be executed any more.
    """
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists {', '.join(get_args(Name))}")


def define(name: Name, columns: str) -> None:
    """Make the table anew, empty."""
    _create(name, f"({columns})")


def derive(name: Name, query: str, *, joined: bool = True) -> int:
    """Make the table anew of what a query finds. Return its rows.

    `joined`: other rows will be looked for in it, so the planner is told what is there.
    """
    rows = _create(name, f"as {query}")
    if joined:
        study(name)
    return rows


def study(name: Name, *columns: str) -> None:
    """Tell the planner what is in a table, or in some columns of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {name} ({', '.join(columns)})" if columns else f"analyze {name}")


@contextmanager
def asked_in_order() -> Iterator[None]:
    """For a query that looks up keys one by one, in the order of the index that has them.

    The pages it needs are those it has just read. The planner takes each for one from anywhere,
    and would rather read all of a table ten times the size of what is looked up.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_hashjoin = off; set local enable_mergejoin = off")
        yield
        cursor.execute(
            "set local enable_hashjoin to default; set local enable_mergejoin to default"
        )


def _create(name: Name, what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists {name}")
        cursor.execute(f"create unlogged table {name} {what}")
        return int(cursor.rowcount)
