"""The tables of a load are gone with it, whatever ended it."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import psycopg
import pytest
from django.db import connection

from corredores.database.embedded import running
from corredores.loading.actions import load_paths
from corredores.loading.scratch import Name

from .conftest import Load
from .files import INSTALLMENT, VOUCHER, csv_file

MEGABYTE = 1 << 20


def left() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relname = any(%s)", [list(get_args(Name))]
        )
        return [name for (name,) in cursor.fetchall()]


def test_none_is_left_after_a_load(load: Load) -> None:
    assert load(INSTALLMENT).inserted == 1
    assert load(VOUCHER).inserted == 1
    assert left() == []


def test_nor_after_one_that_changed_rows_and_knew_others(load: Load) -> None:
    other = {**INSTALLMENT, "id_cuota": "Q2"}
    load(INSTALLMENT, other)
    later = {**INSTALLMENT, "sucursal": "CUSCO", "actualizado_en": "2026-02-01T10:00:00-05:00"}
    report = load(later, other)
    assert (report.updated, report.unchanged) == (1, 1)
    assert left() == []


def test_nor_after_one_that_was_refused(load: Load) -> None:
    assert load({**INSTALLMENT, "moneda": "EUR"}).refused
    assert left() == []


def test_nor_after_one_that_was_only_checked(brokerages: None, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "cuotas.csv", INSTALLMENT)
    (report,) = load_paths([path], loaded_by="test", check_only=True)
    assert report.inserted == 1
    assert left() == []


@pytest.fixture
def home() -> Iterator[Path]:
    """Not pytest's own folder: as root the server runs as another user, who may not enter it."""
    folder = Path(tempfile.mkdtemp(prefix="corredores-crash-"))
    folder.chmod(0o755)
    yield folder / "home"
    shutil.rmtree(folder)


def test_a_server_that_crashes_in_a_load_keeps_nothing_of_it_on_its_disk(home: Path) -> None:
    data = home / "database" / "base"
    wide = "select repeat('x', 1000) from generate_series(1, 40000)"
    with running(home) as server:
        before = size_of(data)
        link = psycopg.connect(server.owner_dsn)
        link.execute(f"create unlogged table staged as {wide}")
        assert size_of(data) > before + 40 * MEGABYTE
        os.kill(link.info.backend_pid, signal.SIGKILL)
        link.close()
        until = time.monotonic() + 30
        while size_of(data) > before + MEGABYTE:
            assert time.monotonic() < until, "the tables of the load are still there"
            time.sleep(0.1)


def size_of(folder: Path) -> int:
    """Bytes of the files below, some of which vanish while they are counted."""
    size = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            size += file.stat().st_size if file.is_file() else 0
    return size
