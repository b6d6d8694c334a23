"""The tables of a load are gone with it, whatever ended it."""

from pathlib import Path
from typing import get_args

from django.db import connection

from corredores.loading.actions import load_paths
from corredores.loading.scratch import Name

from .conftest import Load
from .files import INSTALLMENT, VOUCHER, csv_file


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
