"""`corredores serve`: the web server."""

import argparse
import ctypes
import gc
from contextlib import suppress
from importlib import import_module

import django
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from corredores.env import environment

_APPLICATION = "corredores.wsgi"
_STOP_SECONDS = 5  # running downloads get these to end
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def main(arguments: list[str]) -> int:
    """Serve until a signal ends it."""
    parser = argparse.ArgumentParser("corredores serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    serve(options.host, options.port)
    return 0


def serve(host: str, port: int) -> None:
    """Blocking threads, one request each: the work is the database's, not the event loop's."""
    env = environment()
    _share_memory()
    _load()
    Granian(
        f"{_APPLICATION}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.workers,
        blocking_threads=env.threads,
        backpressure=env.threads * 8,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_access=False,
    ).serve()


def _share_memory() -> None:
    """What one thread gives back, another takes: else each keeps the most that it ever needed."""
    with suppress(OSError, AttributeError):  # another C library has no such threads' shares
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _load() -> None:
    """Everything that web processes need, before they are forked: one that takes the place of a
    killed one serves at once, and they share the memory of it. A misspelt column stops us here."""
    django.setup()
    from corredores.web.templating import get_ready  # noqa: PLC0415 - Django must be set up first

    call_command("check")
    import_module(_APPLICATION)
    get_ready()
    connections.close_all()  # two processes on one connection would read each other's answers
    gc.freeze()  # a collection would write into each shared page
