"""From the command line to a command, with the database it needs, in the right role."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from corredores.database.binaries import EmbeddedServerError
from corredores.env import environment

# These serve people, so they log in as corredores_web. Every other command migrates, loads
# or administers, and logs in as the owner.
SERVING = {"demo", "serve"}
OFFLINE = {"docs", "generate", "help", "version", "--help", "--version"}


def launch(argv: list[str]) -> int:
    """Run one command line; the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corredores.settings")
    command = argv[1] if len(argv) > 1 else "help"
    signal.signal(signal.SIGTERM, _leave)  # `finally` blocks stop what we started
    try:
        if command in OFFLINE:
            return _django(argv)
        if command == "bench":  # it has a server of its own
            return _bench(argv)
        with database():
            return _serving(argv) if command in SERVING else _as_owner(argv)
    except EmbeddedServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


@contextmanager
def database() -> Iterator[None]:
    """The operator's PostgreSQL, or the embedded one while we need it."""
    if environment().database_url:
        yield
        return
    from corredores.database.embedded import running  # noqa: PLC0415 - not with an own server

    with running(environment().home) as server:
        os.environ["DATABASE_URL"] = server.web_dsn
        os.environ["DATABASE_OWNER_URL"] = server.owner_dsn
        environment.cache_clear()
        yield


def _serving(argv: list[str]) -> int:
    from corredores.console import demo, serve  # noqa: PLC0415 - they start servers

    return demo.main(argv[2:]) if argv[1] == "demo" else serve.main(argv[2:])


def _bench(argv: list[str]) -> int:
    from corredores.bench import command  # noqa: PLC0415 - no other command needs it

    return command.main(argv[2:])


def _as_owner(argv: list[str]) -> int:
    os.environ["CORREDORES_AS_OWNER"] = "true"
    environment.cache_clear()
    return _django(argv)


def _django(argv: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(argv)
    return 0


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
