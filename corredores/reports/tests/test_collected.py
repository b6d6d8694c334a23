"""R06 Cobranza efectuada."""

import datetime as dt
from decimal import Decimal

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import TODAY, day, installment, paid, reader, staff_viewer

from .reading import column, pdf_lines, problems, sheet, table, told, totals, workbook

R06 = report(BusinessLine.GENERALES, "cobranza-efectuada")


def test_what_was_paid_whole_or_in_part_is_there(a: Brokerage, ana: Viewer) -> None:
    paid(a, day(-1), external_id="paid", due_on=day(-300))
    installment(a, external_id="part", status="PAGO_PARCIAL", paid="40.00", paid_on=TODAY)
    installment(a, external_id="owed")
    installment(a, external_id="offset", status="COMPENSADA", paid_on=TODAY)
    installment(a, external_id="refund", total="-9", status="DEVUELTA", paid="-9", paid_on=TODAY)
    paid(a, day(-1), line="VIDA")
    assert [(row["id_cuota"], row["cobrado"]) for row in told(R06, ana)] == [
        ("paid", Decimal(100)),
        ("part", Decimal(40)),
    ]


def test_the_days_of_payment_are_those_of_the_parameters(a: Brokerage, ana: Viewer) -> None:
    for days in (-62, -61, 0, 1):
        paid(a, day(days), external_id=str(days), due_on=day(-100))
    assert column(R06, ana, "id_cuota") == ["-61", "0"]
    assert column(R06, ana, "id_cuota", f"desde={day(-62)}&hasta={day(-62)}") == ["-62"]
    assert column(R06, ana, "id_cuota", "desde=&hasta=") == ["-62", "-61", "0", "1"]


def test_a_cuota_paid_whole_may_come_without_its_amount(a: Brokerage, ana: Viewer) -> None:
    paid(a, TODAY, total="55.55", paid="0.00")
    assert totals(R06, ana)["PEN"][:2] == (1, "55.55")


def test_commission_goes_with_the_part_that_was_paid(a: Brokerage, ana: Viewer) -> None:
    paid(a, TODAY, commission_amount="12.34")
    installment(
        a, status="PAGO_PARCIAL", total="90.00", paid="30.00", paid_on=TODAY,
        commission_amount="10.00",
    )  # fmt: skip
    installment(a, status="PAGO_PARCIAL", total="90.00", paid="30.00", paid_on=TODAY)
    assert totals(R06, ana) == {"PEN": (3, "160.00", "15.67")}


def test_commission_is_shown_and_summed_for_those_with_the_right_only(a: Brokerage) -> None:
    paid(a, TODAY, commission_amount="12.34")
    for viewer in (reader(a, "GENERALES"), staff_viewer(a)):
        assert totals(R06, viewer) == {"PEN": (1, "100.00")}
        book = workbook(R06, viewer)
        assert "Comisión" not in table(book)[0]
        assert "Comisión" not in sheet(book, "Resumen")[0]
        assert not any("omisión" in line for line in pdf_lines(R06, viewer))


def test_subtotals_by_day_channel_and_product_and_each_by_itself(a: Brokerage, ana: Viewer) -> None:
    paid(a, day(-1), total="10.10", payment_channel="AGENTE")
    paid(a, day(-1), total="20.20", payment_channel="CIP", product_code="INC", product="Incendio")
    paid(a, TODAY, total="40.40", payment_channel="AGENTE", currency="USD")
    book = workbook(R06, ana)
    assert [row[:6] for row in sheet(book, "Resumen")[1:4]] == [
        (at(-1), "Agente", "Vehículos", "PEN", 1, Decimal("10.1")),
        (at(-1), "Agente", "Total", "PEN", 1, Decimal("10.1")),
        (at(-1), "Código CIP", "Incendio", "PEN", 1, Decimal("20.2")),
    ]
    assert (at(-1), "Total", "Total", "PEN", 2, Decimal("30.3")) in [
        row[:6] for row in sheet(book, "Resumen")
    ]
    assert [row[:4] for row in sheet(book, "Por canal de pago")[1:]] == [
        ("Agente", "PEN", 1, Decimal("10.1")),
        ("Agente", "USD", 1, Decimal("40.4")),
        ("Código CIP", "PEN", 1, Decimal("20.2")),
    ]
    assert [row[:4] for row in sheet(book, "Por producto")[1:]] == [
        ("Incendio", "PEN", 1, Decimal("20.2")),
        ("Vehículos", "PEN", 1, Decimal("10.1")),
        ("Vehículos", "USD", 1, Decimal("40.4")),
    ]


def at(days: int) -> object:
    """A day as openpyxl reads it."""
    return dt.datetime.combine(day(days), dt.time())


def test_the_last_day_cannot_be_before_the_first(ana: Viewer) -> None:
    assert "hasta" in problems(R06, ana, "desde=2026-02-01&hasta=2026-01-01")
