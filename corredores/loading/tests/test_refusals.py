"""What is wrong with a cell or a row is said with its place, all at once, and nothing changes."""

import csv
import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.models import Outcome, Receipt

from .conftest import Load
from .files import BROKERAGE, INSTALLMENT, SETTLEMENT, VOUCHER, Row, csv_file

BAD_CELLS = [
    (INSTALLMENT, "id_cuota", "", "requerido"),
    (INSTALLMENT, "id_cuota", "   ", "requerido"),
    (INSTALLMENT, "id_cuota", "x" * 65, "largo"),
    (INSTALLMENT, "contratante", "Ñ" * 1501, "largo"),
    (INSTALLMENT, "linea", "AUTOS", "valor"),
    (INSTALLMENT, "estado", "pagada", "valor"),
    (INSTALLMENT, "moneda", "EUR", "valor"),
    (INSTALLMENT, "importe", "1,234.56", "importe"),
    (INSTALLMENT, "importe", "1.234", "importe"),
    (INSTALLMENT, "importe", "NaN", "importe"),
    (INSTALLMENT, "importe", "1e400", "importe"),
    (INSTALLMENT, "importe", "1_000", "importe"),
    (INSTALLMENT, "importe", "12345678901234.00", "importe"),
    (INSTALLMENT, "fecha_vencimiento", "2026-02-30", "fecha"),
    (INSTALLMENT, "fecha_vencimiento", "2026-13-01", "fecha"),
    (INSTALLMENT, "fecha_vencimiento", "05/02/2026", "fecha"),
    (INSTALLMENT, "fecha_vencimiento", "tomorrow", "fecha"),
    (INSTALLMENT, "fecha_vencimiento", "1902-08-19", "fecha_rango"),
    (INSTALLMENT, "fecha_vencimiento", "9999-12-31", "fecha_rango"),
    (INSTALLMENT, "actualizado_en", "2026-01-05T10:00:00", "fecha_hora"),
    (INSTALLMENT, "actualizado_en", "2026-01-05T25:00:00-05:00", "fecha_hora"),
    (INSTALLMENT, "cuota_numero", "0x1", "entero"),
    (INSTALLMENT, "cuota_numero", "99999", "entero"),
    (INSTALLMENT, "cuota_numero", "9" * 30, "entero"),
    (INSTALLMENT, "comision_porcentaje", "12.34567", "decimal"),
    (INSTALLMENT, "comprobante", "F001", "comprobante"),
    (INSTALLMENT, "comprobante", "F001-0", "comprobante"),
    (INSTALLMENT, "codigo_corredor", "C9", "corredor"),
    (INSTALLMENT, "cuota_total", "0", "numero_mayor"),
    (INSTALLMENT, "vigencia_fin", "2025-01-01", "vigencia"),
    (INSTALLMENT, "liquidacion", "L1", "liquidacion_fuera_de_vida"),
    (INSTALLMENT, "contratante", "A\x1bB", "control"),
    (INSTALLMENT, "contratante", "A\x85B", "control"),
    (SETTLEMENT, "tipo", "OTRO", "valor"),
    (SETTLEMENT, "asegurados", "-1", "entero"),
    (VOUCHER, "emisor_ruc", "123", "ruc"),
    (VOUCHER, "serie", "F-1", "serie"),
    (VOUCHER, "numero", "0", "entero"),
    (BROKERAGE, "lineas", "VIDA|AUTOS", "valor"),
    (BROKERAGE, "lineas", "VIDA,SALUD", "valor"),
]


@pytest.mark.parametrize(("row", "column", "value", "code"), BAD_CELLS)
def test_a_bad_cell_is_named(load: Load, row: Row, column: str, value: str, code: str) -> None:
    where = {"cuota_total": "cuota_numero"}.get(column, column)
    report = load({**row, column: value})
    assert [(error.row, error.column, error.code) for error in report.errors] == [(2, where, code)]
    assert report.errors[0].message
    assert Installment.everything.count() == 0


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"estado": "PAGADA"}, "fecha_pago", "pagada_sin_fecha"),
        ({"estado": "ANULADA", "pagado": "0.01"}, "pagado", "anulada_con_pago"),
        ({"estado": "REPROGRAMADA"}, "reemplazada_por", "reprogramada_sin_nueva"),
        ({"linea": "SALUD", "vigencia_inicio": ""}, "vigencia_inicio", "vigencia_requerida"),
        ({"linea": "VIDA", "vigencia_fin": ""}, "vigencia_fin", "vigencia_requerida"),
    ],
)
def test_a_broken_rule_is_named(load: Load, changes: Row, column: str, code: str) -> None:
    errors = load({**INSTALLMENT, **changes}).errors
    assert [(error.column, error.code) for error in errors] == [(column, code)]


def test_all_errors_come_at_once_and_good_rows_stay_out_too(load: Load) -> None:
    bad = {**INSTALLMENT, "id_cuota": "Q2", "importe": "x", "estado": "PAGADA", "moneda": ""}
    worse = {**INSTALLMENT, "id_cuota": "Q3", "codigo_corredor": "C9", "fecha_emision": "x"}
    report = load(INSTALLMENT, bad, worse)
    assert {(e.row, e.column, e.code) for e in report.errors} == {
        (3, "importe", "importe"),
        (3, "moneda", "requerido"),
        (3, "fecha_pago", "pagada_sin_fecha"),
        (4, "codigo_corredor", "corredor"),
        (4, "fecha_emision", "fecha"),
    }
    assert (report.inserted, report.error_count) == (0, 5)
    assert Installment.everything.count() == 0


def test_the_same_key_with_another_content_is_an_error(load: Load) -> None:
    report = load(INSTALLMENT, {**INSTALLMENT, "importe": "121.55"})
    assert [(e.row, e.code, e.value) for e in report.errors] == [(3, "duplicado", "Q1")]


def test_the_same_row_twice_is_read_once_with_a_warning(load: Load) -> None:
    report = load(INSTALLMENT, INSTALLMENT)
    assert [(w.row, w.code) for w in report.warnings] == [(3, "repetido")]
    assert (report.inserted, report.refused) == (1, False)


def test_a_missing_required_column_refuses_the_file(load: Load) -> None:
    short = {key: value for key, value in INSTALLMENT.items() if key not in ("importe", "poliza")}
    report = load(short)
    assert [(e.column, e.code) for e in report.errors] == [
        ("poliza", "falta_columna"),
        ("importe", "falta_columna"),
    ]


def test_a_column_twice_refuses_the_file(load: Load) -> None:
    report = load(INSTALLMENT, headers=[*INSTALLMENT, "importe"])
    assert [(e.column, e.code) for e in report.errors] == [("importe", "columna_repetida")]


def test_a_file_of_no_kind_is_refused(load: Load) -> None:
    assert [e.code for e in load({"a": "1", "b": "2"}).errors] == ["tipo"]


def test_warnings_do_not_stop_a_file(load: Load) -> None:
    odd = {**INSTALLMENT, "importe": "130.00", "contratante_num_doc": "20131312954", "nuevo": "1"}
    report = load(odd)
    assert {warning.code for warning in report.warnings} == {
        "suma",
        "documento",
        "columna_desconocida",
    }
    assert (report.inserted, report.warning_count) == (1, 3)


def test_refused_rows_come_back_with_reasons_and_can_be_loaded_once_mended(
    load: Load, tmp_path: Path
) -> None:
    bad = {**INSTALLMENT, "id_cuota": "Q2", "importe": "x", "moneda": "EUR"}
    report = load(INSTALLMENT, bad)
    with default_storage.open(report.reject_file) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig")
        (rejected,) = csv.DictReader(text, delimiter=";")
    assert rejected.pop("motivo_rechazo") == "importe: importe · moneda: valor"
    assert rejected == bad
    mended = {**rejected, "importe": "121.54", "moneda": "PEN", "motivo_rechazo": "importe"}
    assert load(mended).inserted == 1


def test_a_refused_file_leaves_a_receipt_with_its_problems(load: Load) -> None:
    load({**INSTALLMENT, "moneda": "EUR"})
    receipt = Receipt.objects.latest("pk")
    assert (receipt.outcome, receipt.errors, receipt.newest) == (Outcome.REFUSED, 1, None)
    assert receipt.problems["errors"][0]["value"] == "EUR"


def test_a_check_changes_nothing_and_sees_the_brokerages_of_the_same_call(
    db: None, tmp_path: Path
) -> None:
    paths = [
        csv_file(tmp_path / "cuotas.csv", INSTALLMENT),
        csv_file(tmp_path / "corredores.csv", BROKERAGE),
    ]
    reports = load_paths(paths, loaded_by="test", check_only=True)
    assert [(report.refused, report.inserted) for report in reports] == [(False, 1), (False, 1)]
    assert Installment.everything.count() == Receipt.objects.count() == 0


def test_a_thousand_errors_are_told_and_the_reject_file_has_every_row(load: Load) -> None:
    report = load(*({**INSTALLMENT, "id_cuota": f"Q{n}", "importe": "x"} for n in range(1_100)))
    assert (len(report.errors), report.error_count) == (1_000, 1_100)
    assert [error.row for error in report.errors] == list(range(2, 1_002))
    with default_storage.open(report.reject_file) as file:
        rejected = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig"), delimiter=";")
        assert len([row for row in rejected if row["motivo_rechazo"]]) == 1_100
