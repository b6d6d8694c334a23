"""The benchmark's own code: a small run yields every figure. What it measures is not tested."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from corredores.bench.figure import Figure, Goal
from corredores.bench.growth import smaller
from corredores.bench.offer import MEASUREMENTS
from corredores.bench.raw_pdf import raw_pdf
from corredores.bench.stage import Size, Stage
from corredores.database.embedded import Server
from corredores.generation.brokerages import sizes
from tests import people

# Those that need no process of their own; `make slow` runs the others too.
HERE = (
    "search-page", "name-search", "deep-page", "xlsx", "xlsx-beside-xlsxwriter", "csv", "pdf",
    "papers", "reports",
)  # fmt: skip


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A hundred cuotas in the tests' own database; the references see none of them, as this
    test's transaction is not theirs."""
    of = people.brokerage()
    people.member(of, username="corredor1")
    for day in range(100):
        people.installment(of, due_on=people.day(-day), line="VIDA" if day % 2 else "SALUD")
    for _ in range(7):
        people.voucher(of)
        people.settlement(of)
    link = connection.settings_dict
    dsn = make_conninfo(host=link["HOST"], dbname=link["NAME"], user="postgres")
    return Stage(Size(100, 1), tmp_path, Server(dsn), people.TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("name", HERE)
def test_a_measurement_yields_figures_that_are_complete(stage: Stage, name: str) -> None:
    figures = [json.loads(it.as_json()) for it in MEASUREMENTS[name](stage)]
    assert figures
    for figure in figures:
        assert {*figure} == {"name", "unit", "ours", "reference", "ratio", "goal", "holds"}
        assert figure["ours"] > 0
        assert figure["name"] in figure_line(figure["name"], figures)


def figure_line(name: str, figures: list[dict[str, Any]]) -> str:
    """The same as a person reads it."""
    found = next(it for it in figures if it["name"] == name)
    return Figure(name, found["unit"], found["ours"], found["reference"]).as_text()


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that the server's user may pass through, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="corredores-bench-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def run(home: Path, *arguments: str) -> list[dict[str, Any]]:
    ours = {key: value for key, value in os.environ.items() if "DATABASE" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "corredores", "bench", "--installments", "100000", "--json",
         *arguments],
        env={**ours, "CORREDORES_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_every_measurement_and_the_soak_run_to_their_ends(home: Path) -> None:
    assert len(run(home)) > len(MEASUREMENTS)
    assert [it["name"] for it in run(home, "soak", "--minutes", "0.1")] == [
        "soak-search-p95", "soak-errors", "soak-memory",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "holds"),
    [
        (Goal(ratio=2), True),
        (Goal(ratio=1.9), False),
        (Goal(most=10), True),
        (Goal(ratio=3, most=9), False),
    ],
)
def test_a_figure_holds_when_every_part_of_its_goal_does(goal: Goal, holds: bool) -> None:
    assert Figure("it", "ms", 10, 5, goal).holds is holds


def test_a_ratio_without_a_reference_does_not_hold() -> None:
    assert not Figure("it", "ms", 10, None, Goal(ratio=3)).holds


def test_faster_is_said_as_less_of_a_cost() -> None:
    assert Goal(ratio=1 / 7).text("s") == "≥ 7× less"


def test_the_smaller_table_has_a_biggest_brokerage_of_the_same_size() -> None:
    whole = Size(10_000_000, 3_000)
    small = smaller(whole)
    ours, other = (sizes(it.installments, it.brokerages)[0] for it in (whole, small))
    assert small.installments < whole.installments / 8
    assert abs(ours - other) < ours * 0.01


def test_the_reference_of_pdf_lists_is_a_pdf_with_the_rows_in_it(tmp_path: Path) -> None:
    from pypdf import PdfReader  # noqa: PLC0415

    file = tmp_path / "raw.pdf"
    file.write_bytes(raw_pdf([[f"fila {n}", "(a\\b)"] for n in range(100)]))
    reader = PdfReader(file)
    assert len(reader.pages) == 3
    assert "fila 99" in reader.pages[2].extract_text()
    assert "(a\\b)" in reader.pages[0].extract_text()
