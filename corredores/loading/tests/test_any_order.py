"""A portfolio's files make the same whatever comes first and however often they come."""

import datetime as dt
import time
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from corredores.generation import generate
from corredores.loading.actions import load_paths

from .business import business

pytestmark = pytest.mark.django_db
NAMES = ("cuotas", "liquidaciones", "comprobantes")


def test_three_files_in_all_orders_end_the_same(tmp_path: Path) -> None:
    generate(tmp_path, installments=60, brokerages=2, seed=5, today=dt.date(2026, 11, 24))
    load_paths([tmp_path / "corredores.csv"], loaded_by="test")
    ends = []
    for order in permutations(NAMES):
        with transaction.atomic():
            for name in order:
                (report,) = load_paths([tmp_path / f"{name}.csv"], loaded_by="test")
                assert (report.errors, report.inserted) == ([], report.rows)
            ends.append(business())
            transaction.set_rollback(True)
    assert ends[0]["installments_installment"]
    for end in ends[1:]:
        assert end == ends[0]


def test_the_same_file_again_takes_a_fifth_of_the_time_at_most(tmp_path: Path) -> None:
    generate(tmp_path, installments=1_500, brokerages=2, seed=5, today=dt.date(2026, 11, 24))
    spent = []
    for _time in range(2):
        start = time.perf_counter()
        reports = load_paths([tmp_path], loaded_by="test")
        spent.append(time.perf_counter() - start)
    assert all(report.already_in and report.unchanged == report.rows for report in reports)
    assert spent[1] <= spent[0] / 5
