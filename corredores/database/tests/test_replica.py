"""Lists read from a streaming replica, and never from one that misses the newest load.

Two real servers: the embedded one, and a copy of it by pg_basebackup that follows it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from corredores.database.binaries import Identity, programs
from corredores.database.dsn import as_user
from corredores.database.embedded import Server, running
from corredores.database.roles import DATABASE, WEB

pytestmark = pytest.mark.slow
# Prints where the cuotas of a viewing came from, and how many there are.
READS = """
import django; django.setup()
from django.db import connections
from corredores.accounts.models import User
from corredores.accounts.viewer import viewer_of
from corredores.database import viewing
from corredores.installments.models import Installment
viewer = viewer_of(User.objects.get(username="corredor1"))
with viewing(viewer):
    rows = Installment.objects.visible_to(viewer)
    print(rows.db, rows.count())
with viewing(viewer):  # and another brokerage's are nowhere
    with connections[rows.db].cursor() as cursor:
        cursor.execute("select count(distinct brokerage_id) from installments_installment")
        print(cursor.fetchone()[0])
"""


Control = Callable[[str], None]


@dataclass(frozen=True)
class Pair:
    primary: Server
    replica: str  # DSN as superuser
    control: Control  # of the replica: "start", "stop"
    home: Path

    def read(self) -> list[str]:
        """What a serving process sees."""
        environment = {
            **os.environ,
            "CORREDORES_AS_OWNER": "false",
            "CORREDORES_HOME": str(self.home),
            "DATABASE_URL": self.primary.web_dsn,
            "DATABASE_REPLICA_URL": as_user(self.replica, WEB),
        }
        done = subprocess.run(
            [sys.executable, "-c", READS],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.split()


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    home = Path(tempfile.mkdtemp(prefix="corredores-replica-"))
    home.chmod(0o711)
    try:
        with running(home / "primary") as server:
            _prepare(home / "primary", server)
            with _copy_of(server, home) as (sockets, control):
                dsn = f"host={sockets} dbname={DATABASE} user=postgres"
                yield Pair(server, dsn, control, home / "primary")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _copy_of(server: Server, home: Path) -> Iterator[tuple[Path, Control]]:
    copy, run = home / "copy", _runner(home / "primary")
    sockets = home / "sockets"  # the primary's own lie among its data, and are copied too
    for folder in (copy, sockets):
        folder.mkdir(mode=0o700)
        Identity.here().own(folder)
    run("pg_basebackup", "-R", "-D", str(copy), "-d", _replication(server))

    def control(verb: str) -> None:
        options = ("-l", f"{copy}/log", "-o", f"-c unix_socket_directories={sockets}")
        run("pg_ctl", "-D", str(copy), "-w", *(options if verb == "start" else ()), verb)

    control("start")
    try:
        yield sockets, control
    finally:
        control("stop")


def test_lists_read_from_a_replica_that_has_the_newest_load(pair: Pair) -> None:
    _wait_for_load(pair)
    assert pair.read() == ["replica", _count(pair), "1"]


def test_a_load_is_read_at_once_though_the_replica_does_not_have_it_yet(pair: Pair) -> None:
    _wait_for_load(pair)
    with psycopg.connect(pair.replica, autocommit=True) as replica:
        replica.execute("select pg_wal_replay_pause()")
        _newer_load(pair)
        assert pair.read() == ["default", _count(pair), "1"]
        replica.execute("select pg_wal_replay_resume()")
    _wait_for_load(pair)
    assert pair.read() == ["replica", _count(pair), "1"]


def test_without_the_replica_the_primary_answers(pair: Pair) -> None:
    pair.control("stop")
    try:
        assert pair.read() == ["default", _count(pair), "1"]
    finally:
        pair.control("start")


def _prepare(home: Path, server: Server) -> None:
    subprocess.run(
        [sys.executable, "-m", "corredores", "prepare_demo", "--installments", "300",
         "--brokerages", "2"],
        env={**os.environ, "CORREDORES_HOME": str(home), "DATABASE_URL": server.web_dsn,
             "DATABASE_OWNER_URL": server.owner_dsn, "CORREDORES_AS_OWNER": "true"},
        check=True, capture_output=True,
    )  # fmt: skip


def _newer_load(pair: Pair) -> None:
    """As a load does it: rows and receipt in one commit."""
    with psycopg.connect(pair.primary.superuser_dsn) as link:
        link.execute("delete from installments_installment where id = (select max(i.id) from "
                     "installments_installment i join accounts_brokerage b "
                     "on b.id = brokerage_id where b.code = 'C0001')")  # fmt: skip
        columns = link.execute(
            "select string_agg(quote_ident(column_name), ',') from information_schema.columns "
            "where table_name = 'loading_receipt' and column_name <> 'id'"
        ).fetchone()
        assert columns is not None
        link.execute(
            f"insert into loading_receipt ({columns[0]}) select {columns[0]} from loading_receipt "
            "order by id desc limit 1"
        )


def _count(pair: Pair) -> str:
    with psycopg.connect(pair.primary.superuser_dsn) as link:
        row = link.execute(
            "select count(*) from installments_installment join accounts_brokerage b "
            "on b.id = brokerage_id where b.code = 'C0001'"
        ).fetchone()
    assert row is not None
    return str(row[0])


def _wait_for_load(pair: Pair) -> None:
    newest = "select max(id) from loading_receipt"
    with (
        psycopg.connect(pair.primary.superuser_dsn) as primary,
        psycopg.connect(pair.replica, autocommit=True) as replica,
    ):
        wanted = primary.execute(newest).fetchone()
        for _ in range(100):
            if replica.execute(newest).fetchone() == wanted:
                return
            time.sleep(0.1)
    raise AssertionError("the replica does not follow")


def _replication(server: Server) -> str:
    return server.superuser_dsn.replace(f"dbname={DATABASE}", "")


def _runner(home: Path) -> Callable[..., None]:
    identity = Identity.here()
    folder = programs(home, identity)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(folder / program), *arguments],
            user=identity.uid, group=identity.gid, extra_groups=[] if identity.uid else None,
            cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=True,
        )  # fmt: skip

    return run
