"""A portal as it runs in earnest: its own database and its own web processes, to be harmed."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSWORD = "cuotas-al-dia"
_INHERITED = ("DATABASE_URL", "DATABASE_OWNER_URL", "CORREDORES_AS_OWNER", "CORREDORES_HOME")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Live:
    """A demo under way: its port, its home, its first process."""

    port: int
    home: Path
    pid: int

    def ask(self, path: str, cookie: str = "", method: str = "GET", body: str = "",
            timeout: float = 30, **headers: str) -> Answer:  # fmt: skip
        """One request on a connection of its own."""
        start = time.monotonic()
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            given = {"Cookie": cookie} if cookie else {}
            if body:
                given["Content-Type"] = "application/x-www-form-urlencoded"
            link.request(method, path, body or None, {**given, **headers})
            answer = link.getresponse()
            read = answer.read()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, read, time.monotonic() - start)
        finally:
            link.close()

    def sign_in(self, user: str, password: str = PASSWORD, **headers: str) -> tuple[int, str]:
        """The status of the answer, and the cookies that one is in with."""
        door = self.ask("/ingresar/")
        csrf = door.headers["set-cookie"].split(";")[0]
        token = door.body.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"login": user, "password": password, "csrfmiddlewaretoken": token}
        body = urllib.parse.urlencode(fields)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded", **headers}
        link.request("POST", "/ingresar/", body, sent)
        answer = link.getresponse()
        answer.read()
        cookies = [it.split(";")[0] for it in answer.msg.get_all("set-cookie") or []]
        link.close()
        return answer.status, "; ".join([csrf, *cookies])

    def workers(self) -> list[int]:
        """The web processes: the children of the first one that are no database."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                line = stat.read_text()
                command = (stat.parent / "cmdline").read_bytes()
            except OSError:
                continue
            parent = int(line.rpartition(")")[2].split()[1])
            if (
                parent == self.pid
                and b"python" in command
                and not any(it in command for it in (b"tracker", b"worker"))
            ):
                found.append(int(stat.parent.name))
        return found

    def serving(self, link: socket.socket) -> int:
        """The web process at the other end of a connection."""
        ends = f":{self.port:04X}", f":{link.getsockname()[1]:04X}"
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        inode = next(it[9] for it in rows if it[1].endswith(ends[0]) and it[2].endswith(ends[1]))
        for pid in self.workers():
            for file in Path(f"/proc/{pid}/fd").iterdir():
                if file.is_symlink() and str(file.readlink()) == f"socket:[{inode}]":
                    return pid
        raise LookupError("nobody serves this connection")

    def postmaster(self) -> int:
        """The first process of the database."""
        return int((self.home / "database" / "postmaster.pid").read_text().split()[0])

    def log(self) -> str:
        return (self.home / "demo.log").read_text(errors="replace")


@contextmanager
def live(**settings: str) -> Iterator[Live]:
    """A demo with 20,000 cuotas and these settings, ended at the end."""
    home = Path(tempfile.mkdtemp(prefix="corredores-live-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in _INHERITED}
    given = {"CORREDORES_HOME": str(home), "CORREDORES_SECURE_COOKIES": "false",
             "CORREDORES_SEARCHES_PER_MINUTE": "1000000", **settings}  # fmt: skip
    with (home / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "corredores", "demo", "--installments", "20000",
             "--port", str(port)],
            cwd=ROOT, env={**kept, **given}, stdout=log, stderr=log,
        )  # fmt: skip
    running = Live(port, home, process.pid)
    try:
        _wait_for(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(running: Live) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        try:
            if running.ask("/livez").status == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the demo did not start:\n{running.log()[-2000:]}")
