"""Letters leave from a thread of their own: no page waits for the mail server."""

import threading
import time

import structlog
from django.db import DatabaseError, connection, transaction

from .post import deliver, still_waiting

log = structlog.get_logger("corredores.letters")

_BETWEEN = 30.0  # seconds, while letters wait for a mail server that is down
_lock = threading.Lock()
_walking: list[threading.Thread] = []


def call() -> None:
    """After this transaction, deliver. A letter that cannot leave now is tried again, by this
    process, the next one to write a letter, or `corredores tidy`."""
    transaction.on_commit(_start)


def _start() -> None:
    with _lock:
        if _walking:
            return
        _walking.append(threading.Thread(target=_walk, name="postman", daemon=True))
        _walking[0].start()


def _walk() -> None:
    try:
        while not _done():
            time.sleep(_BETWEEN)
    except DatabaseError as error:
        log.warning("letters_wait", reason=type(error).__name__)
        with _lock:
            _walking.clear()
    finally:
        connection.close()


def _done() -> bool:
    """Deliver; whether nothing waits. The look and the farewell are one step: a letter that is
    written meanwhile finds either this postman or none."""
    deliver()
    with _lock:
        if waiting := still_waiting():
            connection.close()
        else:
            _walking.clear()
        return not waiting
