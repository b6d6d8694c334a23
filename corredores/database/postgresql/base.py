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
from psycopg.generators import fetch_many
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.types.datetime import TimestamptzLoader
from psycopg.waiting import wait

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.COPY_OUT)


class DatabaseWrapper(Stock):
    """A connection that has been idle is judged without asking, and may be asked directly."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        super().__init__(*settings, **named)
        self._last: list[str] = []  # travels with the COMMIT of this transaction

    def is_usable(self) -> bool:
        """Whether the connection still leads to a server. One that goes away says so on each
        connection, or the kernel does: only where there is something to read, the server is asked.
        Each request saves the way there and back."""
        link = self.connection
        if link is None or link.closed:
            return False
        if link.info.transaction_status != TransactionStatus.IDLE:
            return bool(super().is_usable())
        return not _readable(link.fileno(), 0) or super().is_usable()

    @cached_property
    def _readers(self) -> AdaptersMap:
        """Django's, but for moments: with the connection in UTC, psycopg's own says the same."""
        readers = AdaptersMap(self.connection.adapters)
        readers.register_loader("timestamptz", TimestamptzLoader)
        return readers

    def ask(self, text: str) -> list[tuple[Any, ...]]:
        """The rows that the server answers to `text`, in which all values are literals.

        As a cursor does it, for a third of its work: what hooks Django has are called, errors are
        Django's. The BEGIN of a transaction travels with its first statement. No row is left on
        the server, so this is nothing for big answers.
        """
        answer = self._heard(text)
        reader = Transformer(self._readers)
        reader.set_pgresult(answer)
        rows: list[tuple[Any, ...]] = reader.load_rows(0, answer.ntuples, tuple)
        return rows

    def lines(self, question: str) -> list[bytes]:
        """The rows that the server answers to a query, each the line that COPY writes of it: no
        object is made of a value. As `ask`, for short answers."""
        self._heard(f"copy ({question}) to stdout")
        link, lines = self.connection.pgconn, list[bytes]()
        with self.wrap_database_errors:
            while (came := link.get_copy_data(1))[0] >= 0:
                if came[0]:
                    lines.append(bytes(came[1]))
                else:
                    _readable(link.socket)
                    link.consume_input()
            for answer in wait(fetch_many(link), link.socket):
                if answer.status not in _DONE:
                    raise error_from_result(answer)
        return lines

    def ask_last(self, text: str) -> None:
        """Ask `text`, of whose answer nothing is needed, as the last of the transaction, in one
        trip with its COMMIT; outside of one, or within a savepoint, at once."""
        if self.in_atomic_block and not self.savepoint_ids:
            self.validate_no_broken_transaction()  # it would be dropped without a word
            self._last.append(text)
        else:
            self.ask(text)

    def _commit(self) -> None:
        if self._last:
            self.ask("; ".join((*self._last, "COMMIT")))
        elif self.connection is not None and self.in_transaction:
            self._execute("COMMIT")

    def _set_autocommit(self, autocommit: bool) -> None:
        """Where a transaction begins and ends, however it does."""
        self._last.clear()
        super()._set_autocommit(autocommit)  # type: ignore[misc] # not in the stubs

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

    def _heard(self, text: str) -> Any:
        """`_execute` for Django's hooks, too."""
        self.ensure_connection()
        self.validate_no_broken_transaction()
        execute = self._execute
        for wrapper in reversed(self.execute_wrappers):
            execute = partial(wrapper, execute)
        return execute(text, None, False, {"connection": self, "cursor": None})

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


def _readable(socket: int, milliseconds: int | None = None) -> bool:
    """Whether something came, or comes within that time; without one, waits until it does."""
    watch = select.poll()
    watch.register(socket, select.POLLIN)
    return bool(watch.poll(milliseconds))


def connection_to(alias: str) -> DatabaseWrapper:
    """This thread's connection; every one of the settings is of this backend."""
    found = connections[alias]
    assert isinstance(found, DatabaseWrapper)  # noqa: S101 - see the settings
    return found
