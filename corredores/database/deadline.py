"""A limit on how long one piece of work may hold its connection to the database.

statement_timeout is the server's promise, and a server that hangs keeps none; behind a pooler
TCP sees nothing wrong either. So a watchman of ours cuts the connection when the time is over,
and whoever waits for it gets Django's OperationalError.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

_EVERY = 0.25  # seconds between two looks
_lock = threading.Lock()
_watched: dict[object, tuple[float, Any]] = {}
_watchman: list[threading.Thread] = []
os.register_at_fork(after_in_child=_watchman.clear)  # threads stay behind


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Within, this thread's connection is cut `seconds` from now. Deadlines may be nested."""
    key = object()
    with _lock:
        _watched[key] = (time.monotonic() + seconds, connections[DEFAULT_DB_ALIAS])
        if not _watchman:
            _watchman.append(threading.Thread(target=_watch, name="watchman", daemon=True))
            _watchman[0].start()
    try:
        yield
    finally:
        with _lock:  # not while the watchman cuts: what follows has a connection of its own
            _watched.pop(key, None)


def _watch() -> None:
    while True:
        time.sleep(_EVERY)
        now = time.monotonic()
        with _lock:
            for until, wrapper in list(_watched.values()):
                if until <= now:
                    _cut(wrapper)


def _cut(wrapper: Any) -> None:
    """End both directions; the descriptor stays its owner's, who closes it."""
    link: psycopg.Connection[Any] | None = wrapper.connection
    with suppress(OSError, psycopg.Error):
        if link is not None and not link.closed:
            with socket.socket(fileno=os.dup(link.fileno())) as twin:
                twin.shutdown(socket.SHUT_RDWR)
