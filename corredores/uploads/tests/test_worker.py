"""A real worker, as a process of its own: killed in the midst of a load, and the next one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo

from corredores.accounts.models import Brokerage
from corredores.installments.models import Installment
from corredores.loading.models import Receipt
from corredores.uploads.models import State, Upload
from corredores.uploads.running import MOST_TRIES
from corredores.uploads.tasks import recover

from .sending import brokerages, cuotas, outcomes, queued, sent

pytestmark = pytest.mark.django_db(transaction=True)
_PATIENCE = 60  # seconds


def dsn() -> str:
    told = connection.settings_dict
    return make_conninfo(host=told["HOST"], user=told["USER"], dbname=told["NAME"])


def worker(home: Path, *options: str, **settings: str) -> "subprocess.Popen[bytes]":
    """`corredores worker` on the database of this test, with this test's storage."""
    environment = {
        **os.environ,
        "DATABASE_URL": dsn(),
        "DATABASE_OWNER_URL": dsn(),
        "CORREDORES_HOME": str(home),
        **settings,
    }
    command = [sys.executable, "-m", "corredores", "worker", *options]
    return subprocess.Popen(command, env=environment)


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not what():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


@contextmanager
def cuotas_held() -> Iterator[Any]:
    """Nobody can write a cuota: a load gets as far as its merge and waits there."""
    with psycopg.connect(dsn()) as link:
        link.execute("lock table installments_installment in share row exclusive mode")
        yield lambda: link.execute(
            "select 1 from pg_locks where not granted and relation = %s::regclass",
            ["installments_installment"],
        ).fetchone()


def test_a_load_whose_worker_is_killed_is_whole_after_the_next_one(home: Path) -> None:
    upload = sent(brokerages(), cuotas())
    first = worker(home)
    try:
        with cuotas_held() as somebody_waits:
            wait_for(lambda: somebody_waits() is not None)
            first.kill()
            first.wait()
    finally:
        first.kill()
    upload.refresh_from_db()
    assert upload.state == State.RUNNING
    wait_for(lambda: not backends_at_work())
    assert Brokerage.objects.count() == 1, "the file before it was in"
    assert not Installment.everything.exists(), "nothing of a load that was cut"

    lose_the_workers()
    recovered()
    assert worker(home, "--once").wait(_PATIENCE) == 0
    upload.refresh_from_db()
    assert upload.state == State.ENDED
    assert outcomes(upload) == {"corredores.csv": "CARGADO", "cuotas.csv": "CARGADO"}
    assert Receipt.objects.count() == 2
    assert Installment.everything.count() == 1
    assert queued(upload) == 0, "a job that succeeded leaves the queue"


def test_a_load_that_kills_every_worker_is_marked_and_given_up() -> None:
    upload = sent(brokerages())
    for tries in range(MOST_TRIES):
        assert upload.state != State.FAILED, tries
        a_worker_takes_the_job_and_dies()
        recovered()
        upload.refresh_from_db()
    assert upload.state == State.FAILED
    assert "se detuvo 3 veces" in upload.trouble
    assert ProcrastinateJob.objects.get(args={"upload_id": upload.pk}).status == "failed"
    assert not Upload.objects.exclude(pk=upload.pk).exists()


def recovered() -> None:
    """The task that looks after lost workers, run once as a worker runs it."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)

    async def once() -> None:
        async with app.open_async():
            context: Any = SimpleNamespace(app=app)
            await recover.func(context)

    with app.replace_connector(connector.get_worker_connector()):
        async_to_sync(once)()


def backends_at_work() -> bool:
    """Whether another session than ours still does something in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select 1 from pg_stat_activity where datname = current_database()
               and pid <> pg_backend_pid() and state <> 'idle'"""
        )
        return cursor.fetchone() is not None


def lose_the_workers() -> None:
    """As if half a minute had gone by without a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 h'")


def a_worker_takes_the_job_and_dies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select worker_id from procrastinate_register_worker_v1()")
        (number,) = cursor.fetchone() or (None,)
        cursor.execute("select id from procrastinate_fetch_job_v2(null, %s)", [number])
        assert cursor.fetchone() != (None,)
    lose_the_workers()
