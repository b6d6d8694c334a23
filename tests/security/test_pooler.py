"""Behind a transaction pooler with two connections, two brokerages never see each other's rows."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from corredores.accounts.models import Role
from corredores.database.roles import WEB
from tests import people

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
ROWS, REQUESTS = 40, 2_000


@pytest.fixture
def pooler(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """pgbouncer in front of this run's database, for the web's role: a DSN."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    if not Path(program).exists():
        pytest.fail("pgbouncer is missing: apt-get install pgbouncer", pytrace=False)
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "users").write_text(f'"{WEB}" ""\n')
    (tmp_path / "ini").write_text(
        f"[databases]\n{name} = host={parts['host']} dbname={name} user={WEB}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = any\nauth_file = {tmp_path}/users\npool_mode = transaction\n"
        f"default_pool_size = 2\nmax_client_conn = 100\nlogfile = {tmp_path}/log\n"
        + ("user = nobody\n" if os.geteuid() == 0 else "")
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o777)
    process = subprocess.Popen([program, "-q", str(tmp_path / "ini")])
    dsn = make_conninfo(host="127.0.0.1", port=port, dbname=name, user=WEB)
    try:
        _wait_for(dsn)
        yield dsn
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(dsn: str) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(dsn).close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < until, "pgbouncer does not answer"
            time.sleep(0.1)


def test_two_thousand_requests_of_two_brokerages_show_no_foreign_row(pooler: str) -> None:
    for code in "AB":
        of = people.brokerage(code)
        people.member(of, username=f"todo-{code}")
        people.member(of, username=f"vida-{code}", role=Role.VIEWER, lines=["VIDA"])
        for n in range(ROWS):
            people.installment(
                of, line=("VIDA", "GENERALES")[n % 2], policy_number=f"POLIZA{code}{n}"
            )
    result = subprocess.run(
        [sys.executable, "-m", "tests.security.many_requests", str(REQUESTS)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "DATABASE_URL": pooler, "CORREDORES_AS_OWNER": "false",
             "DATABASE_OWNER_URL": "", "CORREDORES_SEARCHES_PER_MINUTE": "1000000",
             "CORREDORES_EXPORTS_PER_MINUTE": "1000000", "CORREDORES_LOG_LEVEL": "ERROR"},
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr[-2000:]
    assert result.stdout.split() == [str(REQUESTS), "requests", "0", "foreign", "0", "failed"]
