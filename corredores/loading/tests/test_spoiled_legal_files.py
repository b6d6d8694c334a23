"""Each spoiled legal file is refused with its reason and its place, and nothing is changed."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from corredores.loading.actions import load_paths
from corredores.loading.reports import FileReport

from .conftest import Load
from .files import INSTALLMENT, VOUCHER
from .spoiled_legal import PDF, RUC, Spoiled, archives, documents, name, others, xml, zipped

TABLES = ("vouchers_voucher", "portfolio_issuer", "portfolio_policyholder",
          "installments_installment", "settlements_settlement", "accounts_brokerage")  # fmt: skip
MOST_SECONDS, MOST_MEMORY = 5, 300 << 10  # KB


@pytest.fixture
def portal(load: Load) -> None:
    """A cuota, whose policy leads to its brokerage, and one voucher."""
    assert load(INSTALLMENT).inserted == load(VOUCHER).inserted == 1


def state(storage: Path) -> list[Any]:
    """All rows of the business, and all files that are kept."""
    with connection.cursor() as cursor:
        rows = []
        for table in TABLES:
            cursor.execute(f"select t::text from {table} t order by id")
            rows.append(cursor.fetchall())
    return [rows, sorted(storage.rglob("*")) if storage.exists() else []]


def deliver(folder: Path, spoiled: Sequence[Spoiled]) -> dict[str, FileReport]:
    folder.mkdir()
    for file in spoiled:
        (folder / file.name).write_bytes(file.content)
    return {Path(report.file).name: report for report in load_paths([folder], loaded_by="test")}


def wrong(spoiled: Spoiled, report: FileReport) -> str:
    """What is not as it should be, for a person to read."""
    first = report.errors[0] if report.errors else None
    said = (first.code, first.column, first.value) if first else None
    expected = (spoiled.code, spoiled.column, spoiled.value or (first.value if first else ""))
    place = bool(first and first.message and (first.row or not spoiled.column))
    fine = said == expected and place and report.seconds <= MOST_SECONDS
    return "" if fine and report.outcome == "RECHAZADO" else f"{spoiled.why}: {said}, {report}"


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("corpus", [documents, others, archives], ids=lambda it: it.__name__)
def test_it_is_refused_and_changes_nothing(corpus: Any, tmp_path: Path) -> None:
    spoiled = list(corpus())
    before = state(tmp_path / "storage" / "comprobantes")
    reports = deliver(tmp_path / "entrega", spoiled)
    found = [wrong(file, reports[file.name]) for file in spoiled]
    assert not (bad := [text for text in found if text]), "\n".join(bad)
    assert state(tmp_path / "storage" / "comprobantes") == before
    assert set(reports) == {file.name for file in spoiled}


# A small process between us and the reader: of a child the system counts our own size, too.
_MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def memory(reader: str, order: Path) -> int:
    """Kilobytes that the reader took at most."""
    sandbox = ["-I", "-m", "corredores.loading.sandbox", reader, str(order)]
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE, sys.executable, *sandbox],
        capture_output=True, check=True,
    )  # fmt: skip
    return int(measured.stdout)


def test_the_reader_stays_small_whatever_it_reads(tmp_path: Path) -> None:
    orders = []
    for number, file in enumerate([*documents(), *others()]):
        path = tmp_path / str(number)
        path.write_bytes(file.content)
        sort = "pdf" if file.name.endswith("pdf") else "xml"
        orders.append({"path": str(path), "sort": sort, "name": [RUC, "01", "F001", "1"]})
    (tmp_path / "order").write_text("\n".join(json.dumps(order) for order in orders))
    assert memory("legal", tmp_path / "order") <= MOST_MEMORY
    for number, file in enumerate(archives()):
        path, folder = tmp_path / f"{number}.zip", tmp_path / f"unpacked-{number}"
        path.write_bytes(file.content)
        folder.mkdir()
        said = {"archive": str(path), "folder": str(folder), "endings": [".xml", ".csv"]}
        (tmp_path / "order").write_text(json.dumps(said))
        if file.name in {"bomb.zip", "lie.zip", "z64.zip", "overlap.zip"}:
            assert memory("archive", tmp_path / "order") <= MOST_MEMORY


def test_the_corpus_is_large() -> None:
    assert len([*documents(), *others(), *archives()]) >= 80


@pytest.mark.usefixtures("portal")
def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "entrega.zip").write_bytes(
        zipped({
            "a/" + name(123): xml(123), "b/" + name(7): xml(7), name(8): b"<a>",
            "dentro.zip": zipped({name(9): xml(9)}), "leeme.md": b"x", ".oculto.xml": b"x",
        })
    )  # fmt: skip
    reports = {r.file.partition(".zip/")[2]: r for r in
               load_paths([tmp_path / "entrega.zip"], loaded_by="test")}  # fmt: skip
    assert {file: [e.code for e in r.errors] for file, r in reports.items()} == {
        "a/" + name(123): [], "b/" + name(7): [], name(8): ["xml"], "dentro.zip": ["zip_anidado"],
    }  # fmt: skip


@pytest.mark.usefixtures("portal")
def test_an_archive_of_nothing_is_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "nada.zip").write_bytes(zipped({}))
    (report,) = load_paths([tmp_path / "nada.zip"], loaded_by="test")
    assert (report.errors, [w.code for w in report.warnings]) == ([], ["sin_filas"])


@pytest.mark.usefixtures("portal")
def test_a_plain_pdf_is_kept(tmp_path: Path) -> None:
    (tmp_path / name(123, ending="pdf")).write_bytes(PDF)
    (report,) = load_paths([tmp_path / name(123, ending="pdf")], loaded_by="test")
    assert (report.errors, report.inserted) == ([], 1)
