"""The second wall: what PostgreSQL is told about who is looking, one transaction at a time."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from django.db import connections, transaction

from .replica import reading_from
from .roles import AUDITOR, LIMITED, TRAIL, WEB

STATEMENT_TIMEOUT = "10s"

_SET = """select set_config('corredores.brokerage', %s, true),
                 set_config('corredores.lines', %s, true),
                 set_config('role', %s, true), set_config('statement_timeout', %s, true)"""
_GET = """select current_setting('corredores.brokerage', true),
                 current_setting('corredores.lines', true),
                 current_setting('role'), current_setting('statement_timeout')"""


class Scope(Protocol):
    """Whose rows may be read. `limited_to` is None for every line of the brokerage.

    `audits`: the audit trail is read instead, of the brokerage, or all of it where there is none.
    """

    @property
    def audits(self) -> bool: ...

    @property
    def brokerage_id(self) -> int | None: ...

    @property
    def limited_to(self) -> tuple[str, ...] | None: ...


@contextmanager
def viewing(scope: Scope, *, timeout: str = STATEMENT_TIMEOUT) -> Iterator[None]:
    """One transaction in which the database shows only the rows of `scope`.

    Everything is set with SET LOCAL semantics: behind a transaction pooler a plain SET would
    reach the next client of the connection. Nested, it puts back what was.
    """
    with ExitStack() as stack:
        for alias in stack.enter_context(reading_from()):
            stack.enter_context(_viewing_on(alias, *_settings(scope), timeout))
        yield


@contextmanager
def _viewing_on(alias: str, *wanted: str) -> Iterator[None]:
    nested = connections[alias].in_atomic_block
    with transaction.atomic(using=alias):
        before = _read(alias) if nested else None
        _write(alias, *wanted)
        yield
        # After an error the rollback has already undone the settings.
        if before is not None:
            _write(alias, *before)


def _settings(scope: Scope) -> tuple[str, str, str]:
    brokerage = "" if scope.brokerage_id is None else str(int(scope.brokerage_id))
    if scope.audits:
        return brokerage, "", TRAIL if brokerage else AUDITOR
    if scope.limited_to is None:
        return brokerage, "", WEB
    return brokerage, "{" + ",".join(scope.limited_to) + "}", LIMITED


def _read(alias: str) -> tuple[str, ...]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_GET)
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - a select without from has one row
    return tuple(value or "" for value in row)


def _write(alias: str, *values: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(_SET, values)
