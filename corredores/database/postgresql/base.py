"""Django's backend for PostgreSQL, with a shorter way for the few statements of every page."""

import select
from collections.abc import Iterable
from contextlib import nullcontext
from functools import cached_property, partial
from typing import Any

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as Stock
from django.db.backends.utils import debug_transaction
from psycopg import OperationalError
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_WRITTEN = AdaptersMap()
_WRITTEN.register_loader(0, TextLoader)  # of every type that has no other: of all


class DatabaseWrapper(Stock):
    """A connection that has been idle is judged without asking, and may be asked directly."""

    def is_usable(self) -> bool:
        """Whether the connection still leads to a server. One that goes away says so on each
        connection, or the kernel does: only where there is something to read, the server is asked.
        Each request saves the way there and back."""
        link = self.connection
        if link is None or link.closed:
            return False
        if link.info.transaction_status != TransactionStatus.IDLE:
            return bool(super().is_usable())
        watch = select.poll()
        watch.register(link.fileno(), select.POLLIN)
        return not watch.poll(0) or super().is_usable()

    @cached_property
    def _readers(self) -> AdaptersMap:
        """Django's, but for moments: with the connection in UTC, psycopg's own says the same."""
        readers = AdaptersMap(self.connection.adapters)
        readers.register_loader("timestamptz", TimestamptzLoader)
        return readers

    def ask(self, text: str, *, as_text: bool = False) -> list[tuple[Any, ...]]:
        """The rows that the server answers to `text`, in which all values are literals.

        As a cursor does it, for a third of its work: what hooks Django has are called, errors are
        Django's. The BEGIN of a transaction travels with its first statement. No row is left on
        the server, so this is nothing for big answers. as_text: values as PostgreSQL writes them.
        """
        self.ensure_connection()
        self.validate_no_broken_transaction()
        execute = self._execute
        for wrapper in reversed(self.execute_wrappers):
            execute = partial(wrapper, execute)
        answer = execute(text, None, False, {"connection": self, "cursor": None})
        reader = Transformer(_WRITTEN if as_text else self._readers)
        reader.set_pgresult(answer)
        rows: list[tuple[Any, ...]] = reader.load_rows(0, answer.ntuples, tuple)
        return rows

    def _commit(self) -> None:
        if self.connection is not None and self.in_transaction:
            self._execute("COMMIT")

    @property
    def in_transaction(self) -> bool:
        return bool(self.connection.pgconn.transaction_status != TransactionStatus.IDLE)

    def literals(self, values: Iterable[object]) -> list[str]:
        """The values as they stand in a statement."""
        self.ensure_connection()
        write = Transformer(self.connection).as_literal
        with self.wrap_database_errors:
            return [bytes(write(value)).decode() for value in values]

    def init_connection_state(self) -> None:
        """Days are read as ISO writes them, whatever the server or the role prefers."""
        super().init_connection_state()
        if not (self.connection.info.parameter_status("DateStyle") or "").startswith("ISO"):
            with self.connection.cursor() as cursor:
                cursor.execute("set datestyle to iso")

    def _execute(self, text: str, *_hooked: object) -> Any:
        link = self.connection.pgconn
        begin = "" if self.connection.autocommit or self.in_transaction else "BEGIN; "
        watched = debug_transaction(self, text) if self.queries_logged else nullcontext()
        with watched, self.wrap_database_errors:
            answer = link.exec_(f"{begin}{text}".encode())
            if link.status != ConnStatus.OK:
                raise OperationalError(link.get_error_message())
            if answer.status not in _DONE:
                raise error_from_result(answer)
        return answer


def connection_to(alias: str) -> DatabaseWrapper:
    """This thread's connection; every one of the settings is of this backend."""
    found = connections[alias]
    assert isinstance(found, DatabaseWrapper)  # noqa: S101 - see the settings
    return found
