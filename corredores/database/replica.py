"""Business rows from a streaming replica (`DATABASE_REPLICA_URL`), once it has the newest load.

A load and the receipt of it are one commit, and a replica shows commits whole and in order: one
that shows the newest receipt shows that load and all before it, as waiting for the log position
of its commit would say. A replica that is behind, or away, is passed over for the primary.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import OperationalError, connections
from django.db.models import Model

REPLICA = "replica"
_of_this_thread = threading.local()


class ReadsFromReplica:
    """Django's router: reads of business rows go where their `viewing` has opened."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        business = model._meta.app_label in settings.REPLICATED_ROOMS
        return getattr(_of_this_thread, "alias", None) if business else None

    def allow_relation(self, *_rows: Model, **_hints: Any) -> bool:
        return True  # the same rows, read from two servers

    def allow_migrate(self, alias: str, _app: str, **_hints: Any) -> bool:
        return alias != REPLICA


@contextmanager
def reading_from() -> Iterator[tuple[str, ...]]:
    """The connections that a `viewing` opens on; the last is where business rows are read.

    Decided once for the outermost viewing, so that one page never mixes two states.
    """
    if REPLICA not in settings.DATABASES:
        yield ("default",)
        return
    outer = getattr(_of_this_thread, "alias", None)
    alias = outer or (REPLICA if _has_newest_load() else "default")
    _of_this_thread.alias = alias
    try:
        yield ("default",) if alias == "default" else ("default", REPLICA)
    finally:
        _of_this_thread.alias = outer


def _has_newest_load() -> bool:
    try:
        return _newest(REPLICA) == _newest("default")
    except OperationalError:
        connections[REPLICA].close()
        return False


def _newest(alias: str) -> object:
    with connections[alias].cursor() as cursor:
        cursor.execute(settings.NEWEST_LOAD)
        return cursor.fetchone()
