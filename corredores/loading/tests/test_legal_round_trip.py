"""Legal files of a generated portfolio make the same rows as its comprobantes.csv."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest

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
STATED = (*VOUCHERS.fields, "line")
LINKS = ("voucher_issued_on", "voucher_issuer_id", "voucher_count")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    generate(folder, installments=400, brokerages=3, seed=5, today=dt.date(2026, 11, 24))
    assert write_legal(folder, 250) == 250
    return folder


def rows() -> dict[tuple[Any, ...], dict[str, Any]]:
    found = Voucher.everything.filter(type__in=["01", "03", "07", "08"]).exclude(status="BAJA")
    return {
        (row["issuer_id"], row["type"], row["series"], row["number"]): row
        for row in found.values(*STATED)
    }


def links() -> list[tuple[Any, ...]]:
    cuotas = Installment.everything.order_by("external_id").values_list("external_id", *LINKS)
    payable = Settlement.everything.order_by("number").values_list("number", *LINKS[:2])
    return [*cuotas, *payable]


def test_the_xml_files_make_the_rows_of_the_csv_to_the_cell(portfolio: Path) -> None:
    load_paths(
        [
            portfolio / f"{name}.csv"
            for name in ("corredores", "cuotas", "liquidaciones", "comprobantes")
        ],
        loaded_by="test",
    )
    expected, linked = rows(), links()
    only_told_by_csv = Voucher.everything.exclude(type__in=["01", "03", "07", "08"])
    assert len(expected) >= 250
    assert {row["type"] for row in expected.values()} >= {"01", "03", "07"}
    assert {row["status"] for row in expected.values()} >= {"EMITIDO", "ACEPTADO"}
    assert only_told_by_csv.exists()
    Voucher.everything.filter(type__in=["01", "03", "07", "08"]).exclude(status="BAJA").delete()
    reports = load_paths([portfolio / "legales", portfolio / "legales.zip"], loaded_by="test")
    assert [report.errors for report in reports if report.errors] == []
    made = rows()
    assert len(made) == 250
    assert {key: expected[key] for key in made} == made
    if len(expected) == 250:
        assert links() == linked


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
    assert kept.count() == 250
    assert kept.exclude(pdf="").count() == 50
    assert kept.filter(cdr="", status="ACEPTADO").count() == 0


def test_a_check_of_all_of_it_changes_nothing(portfolio: Path, tmp_path: Path) -> None:
    reports = load_paths([portfolio], loaded_by="test", check_only=True)
    assert [report.errors for report in reports if report.errors] == []
    assert Voucher.everything.count() == 0
    assert not list((tmp_path / "storage").rglob("*"))
