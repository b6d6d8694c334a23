"""The portal as a user starts it: `corredores demo`, with a small book of business."""

import csv
import datetime as dt
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from corredores.generation.generate import generate
from corredores.portfolio.filtering import months_before

from .log_reading import personal_in

ROOT = Path(__file__).parents[2]
PASSWORD = "cuotas-al-dia"
INSTALLMENTS, BROKERAGES = 4_000, 40
PDF_ROW_LIMIT = 300  # rows; the first brokerage has more in all, and fewer in two months
_PATIENCE = 120  # seconds until the portal must answer
_INHERITED = ("DATABASE_URL", "DATABASE_OWNER_URL", "CORREDORES_AS_OWNER", "CORREDORES_HOME")


@dataclass(frozen=True)
class Delivered:
    """What the core delivered: the truth that the screens are compared with."""

    installments: list[dict[str, str]]
    vouchers: list[dict[str, str]]
    settlements: list[dict[str, str]]
    brokerages: list[dict[str, str]]


@dataclass(frozen=True)
class Portal:
    """A running portal, and what was loaded into it. `corredor1` works at the first brokerage."""

    address: str
    today: dt.date
    delivered: Delivered

    @property
    def first(self) -> str:
        return self.delivered.brokerages[0]["codigo"]

    @property
    def two_months_ago(self) -> dt.date:
        return months_before(self.today, 2)

    def cuotas(self, **fields: str) -> list[dict[str, str]]:
        """The first brokerage's cuotas with these values, as delivered."""
        wanted = {"codigo_corredor": self.first, **fields}
        return [row for row in self.delivered.installments if wanted.items() <= row.items()]

    def recent(self, **fields: str) -> list[dict[str, str]]:
        """Those whose fecha de pago lies in the last two months: what a fresh visit shows."""
        since, until = str(self.two_months_ago), str(self.today)
        return [row for row in self.cuotas(**fields) if since <= payment_date(row) <= until]


def payment_date(row: dict[str, str]) -> str:
    """The day it was paid or, while it is owed, the day it is due."""
    return row["fecha_pago"] or row["fecha_vencimiento"]


@contextmanager
def shared_portal(kept: Path, run: str) -> Iterator[Portal]:
    """One portal for all workers of a run, as starting it costs more than most tests. Who starts
    it stops it, when nobody uses it any more; the kernel lets go of a dead worker's lock."""
    folder = Path(tempfile.gettempdir()) / f"corredores-browser-{run}"
    folder.mkdir(mode=0o711, exist_ok=True)
    told = folder / "portal.json"
    with (folder / "start").open("w") as start, (folder / "users").open("w") as users:
        fcntl.flock(start, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        if told.exists():
            address, today = json.loads(told.read_text())
            fcntl.flock(start, fcntl.LOCK_UN)
            yield Portal(address, dt.date.fromisoformat(today), _read(folder / "delivered"))
            return
        with running_portal(kept, folder) as portal:
            told.write_text(json.dumps([portal.address, str(portal.today)]))
            fcntl.flock(start, fcntl.LOCK_UN)
            yield portal
            fcntl.flock(start, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_EX)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_portal(kept: Path, home: Path) -> Iterator[Portal]:
    """Start the demo in `home`, and stop it. `kept`: collected static files, which are the same
    from run to run, while compressing them takes seconds."""
    if (kept / "collected").exists():
        shutil.copytree(kept, home / "static")
    today = dt.datetime.now(ZoneInfo("America/Lima")).date()
    # The demo generates its files and throws them away; the same arguments give the same.
    delivered = home / "delivered"
    generate(delivered, installments=INSTALLMENTS, brokerages=BROKERAGES, today=today)
    process, address = _start(home)
    try:
        _wait_for(process, address, home / "demo.log")
        shutil.copytree(home / "static", kept, dirs_exist_ok=True)
        yield Portal(address, today, _read(delivered))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    read = _read(delivered)
    rows = (*read.installments, *read.vouchers, *read.settlements)
    assert personal_in(home / "demo.log", rows) == set(), "the log holds people's data"


def _read(folder: Path) -> Delivered:
    return Delivered(
        installments=_rows(folder / "cuotas.csv"),
        vouchers=_rows(folder / "comprobantes.csv"),
        settlements=_rows(folder / "liquidaciones.csv"),
        brokerages=_rows(folder / "corredores.csv"),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _start(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name not in _INHERITED}
    environment |= {
        "CORREDORES_HOME": str(home),
        "CORREDORES_PDF_ROW_LIMIT": str(PDF_ROW_LIMIT),
        # Many tests are one person here, at once: what that person is spared, others test.
        "CORREDORES_SEARCHES_PER_MINUTE": "10000",
        "CORREDORES_EXPORTS_PER_MINUTE": "10000",
        "CORREDORES_THREADS": "16",
        "CORREDORES_EXPORT_THREADS": "7",
    }
    with (home / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "corredores", "demo",
             "--installments", str(INSTALLMENTS), "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    return process, f"http://localhost:{port}"


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/ingresar/", timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the demo did not start:\n{log.read_text(errors='replace')[-3000:]}")
