"""R09 Anulaciones y notas de crédito."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import TODAY, day, installment, paid, policyholder, reader, staff_viewer, voucher

from .reading import column, pdf_lines, sheet, table, told, totals, workbook

R09 = report(BusinessLine.GENERALES, "anulaciones-y-notas-de-credito")


def note(of: Brokerage, **overrides: Any) -> Any:
    """A credit note of 118 soles that annuls F001-7."""
    fields = {"type": "07", "series": "FC01", "modifies_type": "01", "modifies": "F001-7",
              "reason": "01", **overrides}  # fmt: skip
    return voucher(of, **fields)


def void(of: Brokerage, **overrides: Any) -> Any:
    return installment(of, **{"status": "ANULADA", "issued_on": TODAY, **overrides})


def test_a_note_says_what_it_modifies_and_why_and_is_negative(a: Brokerage, ana: Viewer) -> None:
    note(a, number=123)
    (row,) = told(R09, ana)
    assert (row["tipo"], row["comprobante"]) == ("NOTA_CREDITO", "FC01-123")
    assert (row["modifica"], row["motivo"]) == ("F001-7", "01")
    assert (row["importe"], row["emision"]) == (Decimal("-118.00"), TODAY)
    (cells,) = table(workbook(R09, ana))
    assert cells["Motivo"].value == "01 · Anulación de la operación"
    assert cells["Importe"].value == -118


@pytest.mark.parametrize("status", ["RECHAZADO", "BAJA"])
def test_a_note_that_is_not_valid_undoes_nothing(a: Brokerage, ana: Viewer, status: str) -> None:
    note(a, status=status)
    assert told(R09, ana) == []


def test_other_vouchers_are_no_reversals(a: Brokerage, ana: Viewer) -> None:
    for kind in ("01", "03", "08", "13"):
        voucher(a, type=kind)
    assert told(R09, ana) == []


def test_void_cuotas_and_refunds_without_a_note_are_there(a: Brokerage, ana: Viewer) -> None:
    void(a, external_id="void", total="70.07")
    given_back = {"status": "DEVUELTA", "total": "-30.03", "issued_on": TODAY}
    installment(a, external_id="refund", **given_back, paid_on=TODAY)
    installment(a, external_id="to refund", **{**given_back, "status": "POR_DEVOLVER"})
    void(a, external_id="nothing", total="0.00")
    installment(a, external_id="rescheduled", status="REPROGRAMADA", replaced_by="x",
                issued_on=TODAY)  # fmt: skip
    paid(a, TODAY, external_id="paid", issued_on=TODAY)
    rows = {row["id_cuota"]: (row["tipo"], row["importe"]) for row in told(R09, ana)}
    assert rows == {
        "void": ("ANULACION", Decimal("-70.07")),
        "refund": ("DEVOLUCION", Decimal("-30.03")),
        "to refund": ("DEVOLUCION", Decimal("-30.03")),
    }


def test_a_cuota_undone_by_a_note_counts_once_as_the_note(a: Brokerage, ana: Viewer) -> None:
    void(a, external_id="A-1", total="118.00")
    note(a, installment_external_id="A-1")
    assert totals(R09, ana)["PEN"][:2] == (1, "-118.00")
    note(a, installment_external_id="A-2", status="BAJA")
    void(a, external_id="A-2", total="50.00")
    assert totals(R09, ana)["PEN"][:2] == (2, "-168.00")


def test_the_note_of_another_brokerage_undoes_nothing_here(
    a: Brokerage, b: Brokerage, ana: Viewer
) -> None:
    void(a, external_id="A-1", total="118.00")
    note(b, installment_external_id="A-1")
    assert column(R09, ana, "tipo") == ["ANULACION"]


@pytest.mark.parametrize(
    ("cuota", "note_total", "commission"),
    [
        ({"total": "118.00", "commission_amount": "11.80"}, "118.00", "-11.80"),
        ({"total": "118.00", "commission_amount": "11.80"}, "59.00", "-5.90"),
        ({"total": "300.00", "commission_amount": "10.00"}, "100.00", "-3.33"),
        ({"total": "100.00", "commission_amount": "10.00"}, "150.00", "-15.00"),
        ({"total": "0.00", "commission_amount": "10.00"}, "10.00", None),
        ({"total": "118.00"}, "118.00", None),
        ({"total": "118.00", "commission_amount": "11.80", "currency": "USD"}, "118.00", None),
    ],
    ids=["whole", "half", "a third", "more than it", "of nothing", "unknown", "other currency"],
)
def test_commission_goes_back_in_proportion(
    a: Brokerage, ana: Viewer, cuota: dict[str, str], note_total: str, commission: str | None
) -> None:
    paid(a, TODAY, external_id="A-1", **cuota)
    note(a, total=note_total, installment_external_id="A-1")
    assert column(R09, ana, "extorno") == [commission and Decimal(commission)]


def test_commission_is_nowhere_without_the_right(a: Brokerage) -> None:
    void(a, commission_amount="12.34")
    for viewer in (reader(a, "GENERALES"), staff_viewer(a)):
        assert totals(R09, viewer) == {"PEN": (1, "-100.00")}
        book = workbook(R09, viewer)
        assert "Extorno de comisión" not in [*table(book)[0], *sheet(book, "Resumen")[0]]
        assert not any("xtorno de com" in line for line in pdf_lines(R09, viewer)[1:]), "but title"


def test_the_days_are_those_of_issue(a: Brokerage, ana: Viewer) -> None:
    for days in (-62, -61, 0, 1):
        void(a, issued_on=day(days), external_id=str(days))
    assert column(R09, ana, "id_cuota") == ["-61", "0"]
    assert column(R09, ana, "id_cuota", "desde=&hasta=") == ["-62", "-61", "0", "1"]


def test_an_old_note_of_an_older_invoice_is_found_by_its_day(a: Brokerage, ana: Viewer) -> None:
    """A note of 2018 may modify an invoice of before August 2017, which nobody can download."""
    note(a, issued_on=dt.date(2018, 2, 28), modifies="F001-1")
    assert column(R09, ana, "modifica", "desde=2018-02-28&hasta=2018-02-28") == ["F001-1"]


def test_a_note_is_found_by_the_name_of_its_customer(a: Brokerage, ana: Viewer) -> None:
    note(a, holder=policyholder(a, "MUÑOZ & PEÑA ASOCIADOS S.A.C."))
    note(a, holder=policyholder(a, "D'ÁNGELO"))
    assert column(R09, ana, "contratante", "contratante=pena") == ["MUÑOZ & PEÑA ASOCIADOS S.A.C."]
    assert column(R09, ana, "contratante", "contratante=d'angelo") == ["D'ÁNGELO"]


def test_subtotals_by_product_and_currency(a: Brokerage, ana: Viewer) -> None:
    void(a, total="10.10", commission_amount="1.01")
    void(a, total="20.20")
    void(a, total="5.05", currency="USD", product_code="INC", product="Incendio")
    assert sheet(workbook(R09, ana), "Resumen") == [
        ("Producto", "Moneda", "Movimientos", "Importe", "Extorno de comisión"),
        ("Incendio", "USD", 1, Decimal("-5.05"), 0),
        ("Vehículos", "PEN", 2, Decimal("-30.3"), Decimal("-1.01")),
    ]
    said = "2 movimientos · Importe S/ -30.30 · Extorno de comisión S/ -1.01"
    assert pdf_lines(R09, ana).count(said) == 2  # caption, product
