"""Whatever happens in the midst of a load, all rows of a file are in or none is."""

import csv
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from corredores.database.embedded import running
from corredores.generation import generate
from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.models import Outcome, Receipt
from corredores.loading.one_file import one_at_a_time
from corredores.loading.reports import FileReport

from .files import BROKERAGE, INSTALLMENT, Row, csv_file
from .interruptions import begin, loader

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    generate(tmp_path, installments=600, brokerages=2, seed=3, today=DAY)
    load_paths([tmp_path], loaded_by="test")
    return tmp_path / "cuotas.csv"


def _edition(number: int, portfolio: Path) -> Path:
    """The same cuotas once more, each with the number of this edition, which is newer."""
    with portfolio.open(encoding="utf-8", newline="") as file:
        rows: list[Row] = list(csv.DictReader(file, delimiter=";"))
    moment = dt.datetime(2027, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)
    for row in rows:
        row["preliquidacion"] = str(number)
        row["actualizado_en"] = moment.isoformat()
    return csv_file(portfolio.with_name(f"edicion-{number}.csv"), *rows)


def _whole_edition(sums: object) -> int:
    """The edition of which every cuota is; its sums are those of the portfolio."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select min(presettlement), max(presettlement) from installments_installment"
        )
        first, last = cursor.fetchone() or ("", "")
    assert first == last
    assert _sums() == sums
    return int(first)


def _sums() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select currency, count(*), sum(total), sum(balance), count(distinct external_id) "
            "from installments_installment group by currency order by 1"
        )
        return list(cursor.fetchall())


def _kill(portfolio: Path, times: int) -> None:
    """Kill that many loads, each at a moment of its own in the time that one takes.

    After each of them all of the file is in, with its receipt, or nothing of it is; and
    another load then completes it.
    """
    sums, chance, killed = _sums(), random.Random(times), 0  # noqa: S311 - moments, not secrets
    started = time.monotonic()
    assert [load_paths([_edition(0, portfolio)], loaded_by="test")[0].errors] == [[]]
    took = time.monotonic() - started
    for number in range(1, times + 1):
        file = _edition(number, portfolio)
        process = loader(file)
        begin(process)
        time.sleep(chance.uniform(0, took))
        process.kill()
        process.communicate()
        killed += process.returncode == -9
        with transaction.atomic():
            one_at_a_time()  # what the server still does for the dead one ends first
            loaded = Receipt.objects.filter(file=file.name, outcome=Outcome.LOADED).exists()
            assert _whole_edition(sums) == (number if loaded else number - 1)
        (report,) = load_paths([file], loaded_by="test")
        assert (report.errors, _whole_edition(sums)) == ([], number)
    assert killed > times / 3


def test_a_load_that_is_killed_leaves_all_or_nothing(portfolio: Path) -> None:
    _kill(portfolio, 5)


@pytest.mark.slow
def test_a_hundred_loads_that_are_killed_leave_all_or_nothing(portfolio: Path) -> None:
    _kill(portfolio, 100)


def test_two_loads_at_once_come_one_after_the_other_and_none_is_lost(tmp_path: Path) -> None:
    load_paths([csv_file(tmp_path / "c.csv", BROKERAGE)], loaded_by="test")
    rows = [{**INSTALLMENT, "id_cuota": f"Q{n}"} for n in range(300)]
    later = [{**row, "importe": "1.00", **_LATER} for row in rows[150:]]
    files = [csv_file(tmp_path / "a.csv", *rows), csv_file(tmp_path / "b.csv", *later)]
    reports: list[FileReport] = []
    together = threading.Barrier(4)

    def load(file: Path) -> None:
        together.wait()
        reports.extend(load_paths([file], loaded_by="test"))
        connections.close_all()

    threads = [threading.Thread(target=load, args=[file]) for file in (*files, *files)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [report.errors for report in reports] == [[]] * 4
    assert sum(report.already_in for report in reports) == 2
    totals = Installment.everything.values_list("total", flat=True)
    assert set(totals) == {Decimal("1.00"), Decimal("121.54")}
    assert Installment.everything.filter(total=1).count() == 150
    assert Installment.everything.count() == 300


_LATER = {"actualizado_en": "2026-03-01T10:00:00-05:00"}


def test_after_a_load_the_covering_index_answers_alone_again(portfolio: Path) -> None:
    load_paths([_edition(1, portfolio)], loaded_by="test")  # every row was written again
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")
        cursor.execute(
            """explain (analyze, format json)
               select currency, count(*), sum(total), sum(balance), min(due_on)
               from installments_installment
               where brokerage_id = (select min(id) from accounts_brokerage)
                 and payment_date between '2000-01-01' and '2099-01-01' group by 1"""
        )
        plan = json.dumps(cursor.fetchone())
    assert '"installment_search"' in plan
    assert '"Heap Fetches": 0' in plan


def test_a_load_and_its_tidying_wait_for_no_reader(portfolio: Path) -> None:
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as reader:
            reader.execute("select count(*) from installments_installment")
            before = reader.fetchone()
            (report,) = load_paths([_edition(1, portfolio)], loaded_by="test")
            reader.execute("select count(*) from installments_installment")
            assert (report.errors, reader.fetchone()) == ([], before)
    finally:
        other.close()


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A file system of its own that is soon full. It needs root, and leave to mount."""
    with tempfile.TemporaryDirectory(prefix="corredores-disco-") as name:
        command = ["mount", "-t", "tmpfs", "-o", "size=220m,mode=711", "tmpfs", name]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("a small disk needs root and leave to mount a tmpfs")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


@pytest.mark.slow
def test_a_full_disk_is_said_and_nothing_changes(tmp_path: Path) -> None:
    generate(tmp_path / "a", installments=500, brokerages=2, seed=3, today=DAY)
    generate(tmp_path / "b", installments=150_000, brokerages=2, seed=4, today=DAY)
    with _small_disk() as disk, running(disk) as server:
        environment = {**os.environ, "DATABASE_URL": server.owner_dsn,
                       "DATABASE_OWNER_URL": server.owner_dsn}  # fmt: skip
        migrate = [sys.executable, "-m", "corredores", "migrate"]
        subprocess.run(migrate, env=environment, check=True, capture_output=True)
        assert _loaded(tmp_path / "a", server.owner_dsn)[0] == 0
        before = _count(server.superuser_dsn)
        status, said = _loaded(tmp_path / "b" / "cuotas.csv", server.owner_dsn)
        (error,) = said[0]["errors"]
        assert (status, error["code"]) == (1, "base_de_datos")
        assert "espacio" in error["message"]
        assert _count(server.superuser_dsn) == before
        subprocess.run(["mount", "-o", "remount,size=2g", str(disk)], check=True)
        status, said = _loaded(tmp_path / "b", server.owner_dsn)
        assert (status, {report["error_count"] for report in said}) == (0, {0})


def _loaded(path: Path, dsn: str) -> tuple[int, list[dict[str, Any]]]:
    process = loader(path, dsn=dsn)
    out, errors = process.communicate(b"\n")
    assert out, errors.decode()
    return process.returncode, [json.loads(line) for line in out.splitlines()]


def _count(dsn: str) -> object:
    """Rows of cuotas, once the server answers; it starts anew when its own log does not fit."""
    for _try in range(100):
        try:
            with psycopg.connect(dsn) as link:
                return link.execute("select count(*) from installments_installment").fetchone()
        except psycopg.OperationalError:
            time.sleep(0.3)
    pytest.fail("the server did not come back")
