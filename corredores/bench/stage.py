"""Where the figures are measured: a filled database of its own, kept below CORREDORES_HOME.

Each size has a home and an embedded server of its own, so that sizes stand side by side and
nothing of an operator is touched. It is filled once, by `generate` and `load` as any database.
"""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from corredores.database.embedded import Server, running

_LIMA = ZoneInfo("America/Lima")
_MARK = "filled"  # holds the day on which the data were generated
_SETTINGS = {  # one person asks for everything here, and much at once
    "CORREDORES_SEARCHES_PER_MINUTE": "10000000",
    "CORREDORES_EXPORTS_PER_MINUTE": "10000000",
}


@dataclass(frozen=True)
class Size:
    """How many cuotas over how many brokerages; the biggest brokerage comes first."""

    installments: int
    brokerages: int

    def home(self, below: Path) -> Path:
        return below / "bench" / f"{self.installments}-{self.brokerages}"


@dataclass(frozen=True)
class Stage:
    """What a measurement stands on. `day`: that of the data, which the searches take as today."""

    size: Size
    home: Path
    server: Server
    day: dt.date


@contextmanager
def filled(size: Size, below: Path) -> Iterator[Stage]:
    """The stage of that size, filled first where it was not."""
    home = size.home(below)
    mark = home / _MARK
    if not mark.exists():  # also what a broken filling left behind
        shutil.rmtree(home, ignore_errors=True)
        home.parent.mkdir(parents=True, exist_ok=True)
        home.parent.chmod(0o711)  # the embedded server's user passes through
    with running(home) as server:
        _prepare(size, home, server)
        if not mark.exists():
            mark.write_text(dt.datetime.now(_LIMA).date().isoformat())
        yield Stage(size, home, server, dt.date.fromisoformat(mark.read_text()))


def environment_of(home: Path, server: Server) -> dict[str, str]:
    """The environment of a process that works with a stage."""
    return {
        **os.environ,
        **_SETTINGS,
        "CORREDORES_HOME": str(home),
        "DATABASE_URL": server.web_dsn,
        "DATABASE_OWNER_URL": server.owner_dsn,
    }


def _prepare(size: Size, home: Path, server: Server) -> None:
    """By the commands of every installation: migrations, accounts, static files, data where there
    are none; and vacuumed, as after a load, whatever a migration has touched."""
    _run(home, server, "prepare_demo", "--installments", str(size.installments),
         "--brokerages", str(size.brokerages))  # fmt: skip
    _run(home, server, "maintain")


def _run(home: Path, server: Server, *command: str) -> None:
    environment = {**environment_of(home, server), "CORREDORES_AS_OWNER": "true"}
    subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", "corredores", *command],
        env=environment, stdout=sys.stderr, check=True,
    )  # fmt: skip
