"""A row that comes again to the letter is known by its seal, and nothing of it is forgotten."""

import csv
from pathlib import Path

import pytest

from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.csv_source import CsvSource
from corredores.loading.models import Receipt
from corredores.portfolio.models import Policyholder

from .conftest import Load
from .files import INSTALLMENT, VOUCHER, csv_file, csv_text

SECOND = {**INSTALLMENT, "id_cuota": "Q2", "importe": "1.00", "prima_neta": "1.00",
          "derecho_emision": "0.00", "igv": "0.00"}  # fmt: skip
NEWER = {"actualizado_en": "2026-03-01T10:00:00-05:00"}


def _sealed() -> set[str]:
    rows = Installment.everything.exclude(seal=None)
    return set(rows.values_list("external_id", flat=True))


def test_the_receipt_counts_and_sums_what_was_known_like_all_the_rest(load: Load) -> None:
    load(INSTALLMENT, SECOND)
    assert _sealed() == {"Q1", "Q2"}
    report = load(INSTALLMENT, {**SECOND, **NEWER, "sucursal": "CUSCO"})
    assert (report.rows, report.unchanged, report.updated) == (2, 1, 1)
    first, second = Receipt.objects.filter(kind="cuotas").order_by("pk")
    assert first.sums == second.sums == {"PEN": {"filas": 2, "importe": "122.54"}}
    assert first.newest < second.newest  # type: ignore[operator]


def test_a_changed_cell_is_seen_though_no_column_of_ours_holds_it(load: Load) -> None:
    load(INSTALLMENT)
    assert load({**INSTALLMENT, "contratante_correo": "zoe@example.com"}).unchanged == 1
    assert Policyholder.everything.get().email == "zoe@example.com"


def test_a_known_row_beside_another_of_the_same_key_is_an_error(load: Load) -> None:
    load(INSTALLMENT)
    report = load(INSTALLMENT, {**INSTALLMENT, "importe": "9.00"})
    assert [(error.row, error.code) for error in report.errors] == [(3, "duplicado")]


def test_a_known_row_twice_is_worth_a_word(load: Load) -> None:
    load(INSTALLMENT)
    report = load(INSTALLMENT, INSTALLMENT, SECOND)
    assert [(warning.row, warning.code) for warning in report.warnings] == [(3, "repetido")]
    assert (report.unchanged, report.inserted) == (1, 1)


def test_a_torn_record_is_an_error_though_its_cells_are_known(load: Load, tmp_path: Path) -> None:
    load(INSTALLMENT)
    head, line = csv_text(INSTALLMENT).splitlines()
    (tmp_path / "torn.csv").write_text(f"{head}\n{line};\n", encoding="utf-8")
    (report,) = load_paths([tmp_path / "torn.csv"], loaded_by="test")
    assert [(error.row, error.code) for error in report.errors] == [(2, "celdas")]


def test_what_was_worth_a_word_is_said_each_time(load: Load) -> None:
    remarkable = {**INSTALLMENT, "importe": "500.00"}
    for _time in range(2):
        report = load(remarkable, {**SECOND, "sucursal": str(_time)})
        assert [warning.code for warning in report.warnings] == ["suma"]
    assert "Q1" not in _sealed()


def test_a_voucher_is_known_by_issuer_type_series_and_number(load: Load) -> None:
    assert load(VOUCHER).inserted == 1
    assert load(VOUCHER, {**VOUCHER, "numero": "99999"}).unchanged == 1
    bad = load(VOUCHER, {**VOUCHER, "numero": "x"})
    assert [(error.row, error.column) for error in bad.errors] == [(3, "numero")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_last_line_ends_as_all_others_for_copy_takes_no_two_ways(
    tmp_path: Path, ending: str
) -> None:
    path = csv_file(tmp_path / "cuotas.csv", INSTALLMENT, SECOND)
    with path.open(encoding="utf-8", newline="") as file:
        text = ending.join(file.read().splitlines())
    path.write_bytes(text.encode())
    lines = b"".join(CsvSource(path).lines()).decode()
    assert lines.endswith(ending)
    assert len(list(csv.reader(lines.split(ending)[:-1], delimiter=";"))) == 2
