"""Web servers in processes of their own, on chosen cores, and somebody who is signed in."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import Client
from django.urls import reverse

from corredores.accounts.models import User

from .stage import Stage, environment_of

HOST = "127.0.0.1"
_PATIENCE = 60  # seconds until a server answers
SERVER_CORE, OTHER_CORE = 0, 1


def cookie(username: str = "corredor1") -> str:
    """The cookies of a browser in which somebody has signed in and opened a page."""
    client = Client(SERVER_NAME=HOST)
    client.force_login(User.objects.get(username=username))
    client.get(reverse("help"))
    return "; ".join(f"{name}={it.value}" for name, it in client.cookies.items())


@contextmanager
def serving(stage: Stage, *, workers: int = 1, core: int | None = None) -> Iterator[int]:
    """The portal over `stage`; its port. On one core, or on all where none is named."""
    settings_ = {"CORREDORES_WORKERS": str(workers), "CORREDORES_LOG_LEVEL": "ERROR"}
    port = free_port()
    command = ["-m", "corredores", "serve", "--port", str(port)]
    with _process(command, {**environment_of(stage.home, stage.server), **settings_}, core) as pid:
        _wait(port, pid)
        yield port


@contextmanager
def nothing_served(core: int) -> Iterator[int]:
    """The same server and framework over a view that does nothing; its port."""
    port = free_port()
    with _process(["-m", "corredores.bench.null", str(port)], dict(os.environ), core) as pid:
        _wait(port, pid)
        yield port


@contextmanager
def _process(command: list[str], environment: dict[str, str], core: int | None) -> Iterator[int]:
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*pinned, sys.executable, *command], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def database_and_us_on(stage: Stage, core: int) -> Iterator[None]:
    """This process and the stage's PostgreSQL on one core, so that another is the server's."""
    postmaster = int((stage.home / "database" / "postmaster.pid").read_text().split()[0])
    ours = [os.getpid(), postmaster, *_children(postmaster)]
    before = os.sched_getaffinity(0)
    try:
        _pin(ours, {core})
        yield
    finally:
        _pin([os.getpid(), postmaster], before)


def _pin(processes: list[int], cores: set[int]) -> None:
    for pid in processes:
        try:
            os.sched_setaffinity(pid, cores)
        except (PermissionError, ProcessLookupError):  # another user's server stays where it is
            continue


def memory_of_servers(port: int) -> float:
    """MB that all processes of the server on `port` hold."""
    ours = (Path(f"/proc/{pid}") for pid in _children(os.getpid()))
    server = next(int(it.name) for it in ours if str(port) in (it / "cmdline").read_text())
    pages = [Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in _family(server)]
    return sum(map(int, pages)) * os.sysconf("SC_PAGESIZE") / 1e6


def _family(pid: int) -> list[int]:
    return [pid, *(it for child in _children(pid) for it in _family(child))]


def _children(pid: int) -> list[int]:
    return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, pid: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and Path(f"/proc/{pid}").exists():
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"no server on port {port}")
