"""The four files of a generated portfolio come in, whole, and a second time change nothing."""

import datetime as dt
from pathlib import Path

import pytest

from corredores.accounts.models import Brokerage
from corredores.generation import generate
from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.models import Receipt
from corredores.settlements.models import Settlement
from corredores.vouchers.models import Voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    generate(folder, installments=600, brokerages=4, seed=3, today=dt.date(2026, 11, 24))
    return folder


def test_a_generated_portfolio_is_loaded_whole(portfolio: Path) -> None:
    reports = load_paths([portfolio], loaded_by="test")
    assert [report.errors for report in reports] == [[], [], [], []]
    assert {report.kind: report.inserted for report in reports} == {
        "corredores": Brokerage.objects.count(),
        "cuotas": Installment.everything.count(),
        "liquidaciones": Settlement.everything.count(),
        "comprobantes": Voucher.everything.count(),
    }
    assert Receipt.objects.count() == 4


def test_a_second_time_nothing_changes(portfolio: Path) -> None:
    load_paths([portfolio], loaded_by="test")
    for report in load_paths([portfolio], loaded_by="test"):
        assert (report.inserted, report.updated, report.stale) == (0, 0, 0)
        assert report.unchanged == report.rows
