"""The second wall: what PostgreSQL is told about who is looking, one transaction at a time."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from .postgresql.base import connection_to
from .replica import reading_from
from .roles import AUDITOR, LIMITED, TRAIL, WEB

STATEMENT_TIMEOUT = "10s"

_SET = """select set_config('corredores.brokerage', %s, true),
                 set_config('corredores.lines', %s, true),
                 set_config('role', %s, true), set_config('statement_timeout', %s, true)"""
_GET = """select current_setting('corredores.brokerage', true),
                 current_setting('corredores.lines', true),
                 current_setting('role'), current_setting('statement_timeout')"""
_SCOPES = 1_024  # whose statement is remembered
_of_this_thread = threading.local()
Sight = tuple[object, ...]


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
    wanted, outer, load = _settings(scope), sight(), None
    with ExitStack() as stack:
        for alias in stack.enter_context(reading_from()):
            load = stack.enter_context(_viewing_on(alias, *wanted, timeout))
        # The trail grows without loads: nothing of it is remembered.
        _of_this_thread.sight = (*wanted, None if scope.audits else load)
        try:
            yield
        finally:
            _of_this_thread.sight = outer


def sight() -> Sight | None:
    """What this thread's viewing shows: whose rows, and as of which load (None: of none yet).

    Equal sights see equal rows, but for a load that was committed meanwhile.
    """
    return getattr(_of_this_thread, "sight", None)


@contextmanager
def _viewing_on(alias: str, *wanted: str) -> Iterator[Any]:
    nested, outer = connections[alias].in_atomic_block, sight()
    with transaction.atomic(using=alias):
        before = _ask(alias, _GET) if nested else None
        if outer:
            _ask(alias, _SET, *wanted)
            yield outer[-1]
        else:  # the role may still read receipts; one that it changes to may not
            yield _ask(alias, f"{_SET}, ({settings.NEWEST_LOAD})", *wanted)[-1]
        # After an error the rollback has already undone the settings.
        if before is not None:
            _ask(alias, _SET, *(value or "" for value in before))


def _settings(scope: Scope) -> tuple[str, str, str]:
    brokerage = "" if scope.brokerage_id is None else str(int(scope.brokerage_id))
    if scope.audits:
        return brokerage, "", TRAIL if brokerage else AUDITOR
    if scope.limited_to is None:
        return brokerage, "", WEB
    return brokerage, "{" + ",".join(scope.limited_to) + "}", LIMITED


def _ask(alias: str, statement: str, *values: str) -> tuple[Any, ...]:
    return connection_to(alias).ask(_composed(statement, values))[0]


@lru_cache(_SCOPES)
def _composed(statement: str, values: tuple[str, ...]) -> str:
    return statement % tuple(connection_to(DEFAULT_DB_ALIAS).literals(values))
