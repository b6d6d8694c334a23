"""A private PostgreSQL under CORREDORES_HOME, for the demo, the tests and trying things out.

Users of the server are counted by shared file locks: the kernel lets go of a dead user's
lock, so there are no pid lists to go stale. The last one out stops the server. A server is
recognised by what it answers (its data folder), never by a pid, which may be a stranger's.
Not for production: no TLS, local trust authentication.
"""

import fcntl
import hashlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from .binaries import EmbeddedServerError, Identity, programs, require_reachable
from .dsn import as_user
from .roles import DATABASE, OWNER, WEB, create_roles

_LONGEST_SOCKET_FOLDER = 85  # bytes; the kernel allows 107 for folder and socket name together
_START_SECONDS = 60
_CONTAINER = Path("/sys/fs/cgroup/memory.max")  # bytes, or `max`


def _shared_buffers() -> int:
    """MB: a quarter of the memory of the machine or container in which the server is made, as
    PostgreSQL's manual advises, and a gigabyte at most, as others live there too."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if _CONTAINER.exists() and (limit := _CONTAINER.read_text().strip()).isdigit():
        memory = min(memory, int(limit))
    return max(128, min(1024, (memory >> 20) // 4))


@dataclass(frozen=True)
class Server:
    """A running server; the addresses log in as the role they name."""

    superuser_dsn: str

    @property
    def owner_dsn(self) -> str:
        return as_user(self.superuser_dsn, OWNER)

    @property
    def web_dsn(self) -> str:
        return as_user(self.superuser_dsn, WEB)


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[Server]:
    """Start or join the server below `home`; stop it when the last user leaves.

    `durable=False` is for tests: nothing survives a power cut.
    Raises EmbeddedServerError with a sentence for the operator.
    """
    cluster = _Cluster(home, durable)
    with (
        (home / "users.lock").open("w") as users,
        (home / "start.lock").open("w") as start,
    ):
        fcntl.flock(start, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster.ensure_running()
        fcntl.flock(start, fcntl.LOCK_UN)
        try:
            yield Server(cluster.dsn)
        finally:
            fcntl.flock(start, fcntl.LOCK_EX)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still works with it
            else:
                cluster.stop()


class _Cluster:
    """The files and the process of one server."""

    def __init__(self, home: Path, durable: bool) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._identity = Identity.here()
        if self._identity.uid is not None:
            home.chmod(0o711)  # ours: the server's user passes through, others list nothing
        require_reachable(home, self._identity)
        self._home, self._durable = home, durable
        self._data = home / "database"
        self._bin = programs(home, self._identity)
        self._socket = self._socket_folder()

    @property
    def dsn(self) -> str:
        return f"host='{self._socket}' dbname={DATABASE} user=postgres"

    def ensure_running(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._refuse_other_version()
        if not self._alive():
            self._start()
        create_roles(f"host='{self._socket}' dbname=postgres user=postgres")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")

    def _initialise(self) -> None:
        # Beside, then renamed: an initdb killed half way leaves nothing that looks finished.
        unfinished = self._home / "database.unfinished"
        subprocess.run(["rm", "-rf", str(unfinished)], check=True)  # noqa: S603, S607
        unfinished.mkdir(mode=0o700)
        self._identity.own(unfinished)
        self._run(
            "initdb", "-D", str(unfinished), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        with (unfinished / "postgresql.conf").open("a") as conf:
            conf.write(self._settings())
        unfinished.rename(self._data)

    def _settings(self) -> str:
        lasting = "" if self._durable else "fsync = off\nfull_page_writes = off\n"
        return (
            "listen_addresses = ''\n"
            "unix_socket_permissions = 0700\n"
            "max_connections = 60\n"
            f"shared_buffers = {_shared_buffers()}MB\n"
            "work_mem = 16MB\n"
            "maintenance_work_mem = 256MB\n"
            "max_wal_size = 4GB\n"
            "random_page_cost = 1.1\n"
            "jit = off\n"
            "timezone = 'America/Lima'\n"
            f"{lasting}"
        )

    def _start(self) -> None:
        log = self._home / "database.log"
        log.touch()
        self._identity.own(log)
        # After a kill -9 of the server its children still hold the memory for some seconds.
        deadline = time.monotonic() + _START_SECONDS
        options = f"-c unix_socket_directories={self._socket}"
        while True:
            try:
                self._run(
                    "pg_ctl", "-D", str(self._data), "-l", str(log), "-w",
                    "-t", str(_START_SECONDS), "-o", options, "start",
                )  # fmt: skip
                return
            except EmbeddedServerError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)

    def _alive(self) -> bool:
        try:
            with psycopg.connect(f"host='{self._socket}' dbname=postgres user=postgres") as link:
                row = link.execute("show data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]).resolve() == self._data.resolve()

    def _refuse_other_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text().strip()
        ours = self._run("postgres", "--version").split()[-1].partition(".")[0]
        if made_by != ours:
            raise EmbeddedServerError(
                f"{self._data} was made by PostgreSQL {made_by}, and this is {ours}. "
                f"Dump and load it, or set CORREDORES_HOME to another folder."
            )

    def _socket_folder(self) -> Path:
        plain = str(self._data)
        if len(plain.encode()) <= _LONGEST_SOCKET_FOLDER and not set(plain) & set(" ,'\\"):
            return self._data
        digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"corredores-{os.geteuid()}-{digest}"
        folder.mkdir(mode=0o700, exist_ok=True)
        self._identity.own(folder)
        return folder

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603
            [str(self._bin / program), *arguments],
            user=self._identity.uid,
            group=self._identity.gid,
            extra_groups=[] if self._identity.uid is not None else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program != "pg_ctl" else subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise EmbeddedServerError(f"{program} failed: {done.stdout or self._log_tail()}")
        return done.stdout or ""

    def _log_tail(self) -> str:
        log = self._home / "database.log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else ""
