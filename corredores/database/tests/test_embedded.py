"""The embedded server: who starts it, who stops it, and what it never trusts."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from corredores.database.binaries import EmbeddedServerError
from corredores.database.embedded import Server, running
from corredores.database.roles import OWNER, WEB

MEGABYTE = 1 << 20
# A process that joins the server, says so, and waits to be ended.
USER = """
import sys, time
from pathlib import Path
from corredores.database.embedded import running
with running(Path(sys.argv[1]), durable=False) as server:
    print(server.superuser_dsn, flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """Not pytest's own folder: as root the server runs as another user, who may not enter it."""
    folder = Path(tempfile.mkdtemp(prefix="corredores-embedded-"))
    folder.chmod(0o755)
    yield folder / "home"
    shutil.rmtree(folder)


def who(dsn: str) -> str:
    """The role that answers at `dsn`; raises OperationalError where nobody does."""
    with psycopg.connect(dsn) as link:
        row = link.execute("select current_user").fetchone()
    assert row is not None
    return str(row[0])


def stopped(server: Server) -> bool:
    try:
        who(server.superuser_dsn)
    except psycopg.OperationalError:
        return True
    return False


def test_the_first_starts_it_the_second_joins_and_the_last_one_out_stops_it(home: Path) -> None:
    with running(home, durable=False) as first:
        with running(home, durable=False) as second:
            assert second == first
        assert (who(first.owner_dsn), who(first.web_dsn)) == (OWNER, WEB)
    assert stopped(first)


def test_two_at_once_share_one_server(home: Path) -> None:
    def use(_number: int) -> str:
        with running(home, durable=False) as server:
            return who(server.web_dsn)

    with ThreadPoolExecutor(2) as starters:
        assert list(starters.map(use, range(2))) == [WEB, WEB]


def test_a_stale_pid_that_is_a_strangers_by_now_is_neither_believed_nor_harmed(
    home: Path,
) -> None:
    with running(home, durable=False):
        note = (home / "database" / "postmaster.pid").read_text()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        own = note.split("\n", 1)[0]
        (home / "database" / "postmaster.pid").write_text(note.replace(own, str(stranger.pid), 1))
        with running(home, durable=False) as server:
            assert who(server.web_dsn) == WEB
        assert stranger.poll() is None
        assert stopped(server)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_path_too_long_for_a_socket_is_no_obstacle(home: Path) -> None:
    deep = home / ("long" * 20) / ("path" * 12)
    home.mkdir()
    home.chmod(0o755)
    deep.parent.mkdir()
    deep.parent.chmod(0o755)
    with running(deep, durable=False) as server:
        assert who(server.web_dsn) == WEB
        socket = Path(psycopg.conninfo.conninfo_to_dict(server.web_dsn)["host"])  # type: ignore[arg-type]
        assert socket.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(socket)


def test_after_a_kill_of_its_only_user_the_next_one_adopts_and_stops_it(home: Path) -> None:
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(home), "60"], stdout=subprocess.PIPE, text=True
    )
    assert user.stdout is not None
    dsn = user.stdout.readline().strip()
    user.send_signal(signal.SIGKILL)
    user.communicate()
    assert who(dsn) == "postgres", "the server itself lives on"
    with running(home, durable=False) as server:
        assert who(server.web_dsn) == WEB
    assert stopped(server)


def test_a_server_of_another_version_is_named_not_started(home: Path) -> None:
    (home / "database").mkdir(parents=True)
    (home / "database" / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedServerError, match="was made by PostgreSQL 12"), running(home):
        raise AssertionError("it must not start")


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user can always enter the home")
def test_as_root_a_home_that_others_may_not_enter_is_refused_and_left_as_it_is(
    home: Path,
) -> None:
    home.mkdir(mode=0o700)
    with pytest.raises(EmbeddedServerError, match="CORREDORES_HOME"), running(home / "inside"):
        raise AssertionError("it must not start")
    assert home.stat().st_mode & 0o777 == 0o700


def test_an_ordinary_user_runs_it_as_well(home: Path) -> None:
    """As root we become one for it; the other tests here are root's then."""
    home.mkdir()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    done = subprocess.run(
        [_interpreter(), "-c", USER, str(home), "0"],
        capture_output=True, text=True, check=False, cwd="/", **_as_nobody(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "user=postgres" in done.stdout


def _as_nobody() -> dict[str, Any]:
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath}
    if os.geteuid() != 0:
        return {"env": environment}
    return {"env": environment, "user": "nobody", "group": "nogroup", "extra_groups": []}


def _interpreter() -> str:
    """Ours, or the system's of the same version where ours lies below a private folder."""
    system = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, system):
        try:
            subprocess.run([candidate, "-c", "import psycopg"], check=True, cwd="/",
                           capture_output=True, **_as_nobody())  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    pytest.skip("no interpreter here can be run by an ordinary user")


def test_a_crash_leaves_nothing_of_an_unlogged_table_that_was_being_made(home: Path) -> None:
    """Such are the tables of a load."""
    data = home / "database" / "base"
    wide = "select repeat('x', 1000) from generate_series(1, 40000)"
    with running(home) as server:
        before = size_of(data)
        link = psycopg.connect(server.owner_dsn)
        link.execute(f"create unlogged table made as {wide}")
        assert size_of(data) > before + 40 * MEGABYTE
        os.kill(link.info.backend_pid, signal.SIGKILL)
        link.close()
        until = time.monotonic() + 30
        # First the files go, then it answers again: while it recovers it may not be stopped.
        while size_of(data) > before + MEGABYTE or not answers(server.owner_dsn):
            assert time.monotonic() < until, "it is still there"
            time.sleep(0.1)


def answers(dsn: str) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(dsn):
        return True
    return False


def size_of(folder: Path) -> int:
    """Bytes of the files below, some of which vanish while they are counted."""
    size = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            size += file.stat().st_size if file.is_file() else 0
    return size
