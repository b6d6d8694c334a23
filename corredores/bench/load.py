"""Loading, beside COPY of the same rows, typed, into an empty table with the same indexes: the
mean of two, after each of the first two loads.

All of it happens in a copy of the stage's database, as the other figures want the stage as it is.
"""

import csv
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from corredores.generation import generate

from .figure import Figure, Goal
from .stage import Stage, environment_of

_COPY = "bench_load"
_TABLE = "installments_installment"
_ROWS = "rows"  # a file
_MOST_NEW, _MOST_CHANGED = 1_000_000, 100_000
_PER_SECOND = 10_000  # rows of a delivery in which every row changed
_OURS = "bench-"  # before the ids of new rows, which no core uses
_MEMORY = 200.0  # MB of the process that loads, at any size
_LATER = dt.timedelta(days=400)
# Seconds with opening and tidying, and MB at its highest, of one load in a process of its own.
_LOAD = """
import json, sys, time, django
from pathlib import Path
django.setup()
from corredores.bench.children import highest_memory
from corredores.loading.actions import load_paths
start = time.perf_counter()
reports = load_paths([Path(sys.argv[1])], loaded_by="bench")
errors = [str(problem) for report in reports for problem in report.errors]
print(json.dumps([time.perf_counter() - start, highest_memory(), errors]))
"""
Change = Callable[[list[str], dict[str, int]], None]


def load(stage: Stage) -> Iterator[Figure]:
    """New rows, the same rows once more, and rows that all changed."""
    rows = min(stage.size.installments, _MOST_NEW)
    with _copied(stage) as owner, tempfile.TemporaryDirectory() as folder:
        new, same, changed = _deliveries(Path(folder), stage, rows)
        since = _highest_id(owner)
        ours, memory = _load(stage, owner, new)
        columns = _written_out(owner, since, Path(folder))
        first = _typed_copy(owner, columns, Path(folder))
        again, _memory = _load(stage, owner, same)
        reference = (first + _typed_copy(owner, columns, Path(folder))) / 2
        yield Figure(f"load {rows:,} new", "s", ours, reference, Goal(ratio=3))
        yield Figure(f"load {rows:,} unchanged", "s", again, reference, Goal(ratio=1))
        seconds, _memory = _load(stage, owner, changed)
        most = min(rows, _MOST_CHANGED)
        yield Figure(f"load {most:,} changed", "s", seconds, goal=Goal(most=most / _PER_SECOND))
        yield Figure("load memory", "MB", memory, goal=Goal(most=_MEMORY))


@contextmanager
def _copied(stage: Stage) -> Iterator[str]:
    """The address of a copy of the stage's database, for its owner."""
    connections.close_all()  # a database that somebody uses cannot be copied
    server = make_conninfo(stage.server.superuser_dsn, dbname="postgres")
    drop = f"drop database if exists {_COPY} with (force)"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(drop)
        original = psycopg.conninfo.conninfo_to_dict(stage.server.owner_dsn)["dbname"]
        link.execute(
            # Its files copied and synced, as a copy by way of the log is still written out
            # while the figures are taken.
            sql.SQL(
                "create database {} template {} owner corredores_owner strategy file_copy"
            ).format(sql.Identifier(_COPY), sql.Identifier(str(original)))
        )
        try:
            yield make_conninfo(stage.server.owner_dsn, dbname=_COPY)
        finally:
            link.execute(drop)


def _deliveries(folder: Path, stage: Stage, rows: int) -> tuple[Path, Path, Path]:
    """New cuotas; the same with another content hash; the first of them, changed later."""
    generate(folder, installments=rows, brokerages=stage.size.brokerages, today=stage.day)
    new, same, changed = folder / "new.csv", folder / "same.csv", folder / "changed.csv"
    _rewrite(folder / "cuotas.csv", new, _as_new)
    same.write_bytes(new.read_bytes() + b"\n")
    _rewrite(new, changed, _as_changed, _MOST_CHANGED)
    return new, same, changed


def _rewrite(source: Path, target: Path, change: Change, most: int | None = None) -> None:
    """The first rows of a delivery, changed. By places: a dictionary a row takes longer."""
    with (
        source.open(encoding="utf-8", newline="") as read,
        target.open("w", encoding="utf-8", newline="") as write,
    ):
        rows, writer = csv.reader(read, delimiter=";"), csv.writer(write, delimiter=";")
        names = next(rows)
        writer.writerow(names)
        places = {name: place for place, name in enumerate(names)}
        for row in islice(rows, most):
            change(row, places)
            writer.writerow(row)


def _as_new(row: list[str], places: dict[str, int]) -> None:
    for name in ("id_cuota", "poliza", "reemplazada_por"):
        if row[places[name]]:
            row[places[name]] = _OURS + row[places[name]]


def _as_changed(row: list[str], places: dict[str, int]) -> None:
    moment = dt.datetime.fromisoformat(row[places["actualizado_en"]]) + _LATER
    row[places["actualizado_en"]], row[places["ejecutivo"]] = moment.isoformat(), "OTRO"


def _highest_id(owner: str) -> int:
    with psycopg.connect(owner) as link:
        row = link.execute(f"select max(id) from {_TABLE}").fetchone()
    return int(row[0]) if row else 0


def _load(stage: Stage, owner: str, file: Path) -> tuple[float, float]:
    """Seconds and MB of loading one file. Raises RuntimeError when it is refused."""
    environment = environment_of(stage.home, stage.server) | {
        "DATABASE_URL": owner, "DATABASE_OWNER_URL": owner, "CORREDORES_AS_OWNER": "true",
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", _LOAD, str(file)],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    seconds, memory, errors = json.loads(done.stdout.splitlines()[-1])
    if errors:
        raise RuntimeError("; ".join(errors[:3]))
    return seconds, memory


def _written_out(owner: str, since: int, folder: Path) -> str:
    """Write the rows that are new into a file of `folder`; its columns."""
    with psycopg.connect(owner) as link, link.cursor() as cursor:
        cursor.execute(
            "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute "
            "where attrelid = %s::regclass and attnum > 0 and attgenerated = '' "
            "and not attisdropped and attname <> 'id'",
            [_TABLE],
        )
        columns = str((cursor.fetchone() or ("",))[0])
        chosen = f"select {columns} from {_TABLE} where id > {since} order by id"
        with (folder / _ROWS).open("wb") as file, cursor.copy(f"copy ({chosen}) to stdout") as out:
            file.writelines(out)
    return columns


def _typed_copy(owner: str, columns: str, folder: Path) -> float:
    """Seconds of COPY of those rows into an empty table like theirs."""
    with psycopg.connect(owner, autocommit=True) as link, link.cursor() as cursor:
        cursor.execute("drop table if exists twin")
        cursor.execute(f"create table twin (like {_TABLE} including all)")
        start = time.perf_counter()
        into = f"copy twin ({columns}) from stdin"
        with (folder / _ROWS).open("rb") as file, cursor.copy(into) as twin:
            while block := file.read(1 << 20):
                twin.write(block)
        seconds = time.perf_counter() - start
        cursor.execute("drop table twin")
    return seconds
