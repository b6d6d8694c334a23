"""Legal files of a generated portfolio make the same rows as its comprobantes.csv."""

import csv
import datetime as dt
import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from corredores.generation import generate
from corredores.generation.legal import write_legal
from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.kinds import VOUCHERS
from corredores.settlements.models import Settlement
from corredores.vouchers import store
from corredores.vouchers.models import Voucher

pytestmark = pytest.mark.django_db

# What a file of comprobantes decides, and what the portal finds for it.
STATED = (
    "issuer__ruc",
    "brokerage__code",
    "line",
    *(field for field in VOUCHERS.fields if not field.endswith("_id") or "external" in field),
)
COUNT = 120
LINKS = ("voucher_issued_on", "voucher_number", "voucher_count")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    generate(folder, installments=500, brokerages=3, seed=3, today=dt.date(2026, 11, 24))
    assert write_legal(folder, COUNT) == COUNT
    return folder


@pytest.fixture
def same_as_csv(portfolio: Path, tmp_path: Path) -> Path:
    """Of comprobantes.csv the rows that have legal files."""
    names = {path.stem for path in (portfolio / "legales").glob("[0-9]*.xml")}
    with zipfile.ZipFile(portfolio / "legales.zip") as archive:
        names |= {Path(name).stem for name in archive.namelist()}
    path = tmp_path / "comprobantes.csv"
    with (portfolio / "comprobantes.csv").open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file, delimiter=";")
    with path.open("w", encoding="utf-8", newline="") as file:
        chosen = [r for r in records if "-".join((r[0], r[3], r[4], r[5])) in names]
        csv.writer(file, delimiter=";").writerows([header, *chosen])
    return path


def everything() -> list[list[dict[str, Any]]]:
    """Vouchers as stated, and what leads to them, without our own keys."""
    vouchers = Voucher.everything.order_by("issuer__ruc", "type", "series", "number")
    cuotas = Installment.everything.order_by("external_id").values("external_id", *LINKS)
    payable = Settlement.everything.order_by("number").values("number", *LINKS[:2])
    return [list(vouchers.values(*STATED)), list(cuotas), list(payable)]


def load_or_fail(*paths: Path) -> None:
    reports = load_paths(paths, loaded_by="test")
    assert [report.errors for report in reports if report.errors] == []


def test_the_xml_files_make_the_rows_of_the_csv_to_the_cell(
    portfolio: Path, same_as_csv: Path
) -> None:
    others = [portfolio / f"{name}.csv" for name in ("corredores", "cuotas", "liquidaciones")]
    with transaction.atomic():
        load_or_fail(*others, same_as_csv)
        by_csv = everything()
        transaction.set_rollback(True)
    load_or_fail(*others, portfolio / "legales", portfolio / "legales.zip")
    assert everything() == by_csv
    assert len(by_csv[0]) == COUNT
    assert {row["type"] for row in by_csv[0]} >= {"01", "03", "07"}
    assert "ACEPTADO" in {row["status"] for row in by_csv[0]}
    assert {row["line"] for row in by_csv[0]} == {"GENERALES", "VIDA", "SALUD"}


def test_in_one_call_with_the_csv_files_and_again_nothing_changes(portfolio: Path) -> None:
    first = load_paths([portfolio], loaded_by="test")
    assert [report.errors for report in first if report.errors] == []
    before = list(Voucher.everything.order_by("pk").values())
    second = load_paths([portfolio], loaded_by="test")
    assert {(r.inserted, r.updated, r.stale, r.rows - r.unchanged) for r in second} == {
        (0, 0, 0, 0)
    }
    assert list(Voucher.everything.order_by("pk").values()) == before


def test_every_file_is_kept_under_the_hash_of_its_content(portfolio: Path) -> None:
    load_paths([portfolio], loaded_by="test")
    for path in (portfolio / "legales").iterdir():
        sort = "cdr" if path.name.startswith("R-") else path.suffix[1:]
        content = path.read_bytes()
        assert store.read(sort, hashlib.sha256(content).hexdigest()) == content
    kept = Voucher.everything.exclude(xml="")
    assert kept.count() == COUNT
    assert kept.exclude(pdf="").count() == COUNT // 5
    assert kept.filter(cdr="", status="ACEPTADO").count() == 0


def test_a_check_of_all_of_it_changes_nothing(portfolio: Path, tmp_path: Path) -> None:
    reports = load_paths([portfolio], loaded_by="test", check_only=True)
    assert [report.errors for report in reports if report.errors] == []
    assert Voucher.everything.count() == 0
    assert not list((tmp_path / "storage").rglob("*"))
