"""R10 Liquidaciones pendientes y vencidas; R11 Liquidaciones pagadas y su comprobante."""

import datetime as dt
from decimal import Decimal
from typing import Any

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import TODAY, day, policyholder, settlement

from .reading import column, pdf_lines, problems, sheet, table, told, totals, workbook

R10 = report(BusinessLine.VIDA, "liquidaciones-pendientes")
R11 = report(BusinessLine.VIDA, "liquidaciones-pagadas")


def settled(of: Brokerage, on: dt.date = TODAY, **overrides: Any) -> Any:
    """A settlement paid on that day, with its factura."""
    fields = {"status": "PAGADA", "paid_on": on, "voucher_type": "01", "voucher_number": "F001-9",
              "voucher_issued_on": on, **overrides}  # fmt: skip
    return settlement(of, **fields)


def test_what_is_owed_is_there_overdue_or_not(a: Brokerage, ana: Viewer) -> None:
    settlement(a, number="late", due_on=day(-31))
    settlement(a, number="today", due_on=TODAY)
    settlement(a, number="to come", due_on=day(10))
    settled(a, number="paid")
    for status in ("ANULADA", "REPROGRAMADA", "CASTIGADA"):
        settlement(a, number=status, status=status)
    settlement(a, number="exclusion", type="EXCLUSION", total="-50.00")
    rows = told(R10, ana)
    assert [(row["liquidacion"], row["estado"], row["dias"]) for row in rows] == [
        ("late", "VENCIDA", 31),
        ("today", "POR_VENCER", 0),
        ("to come", "POR_VENCER", -10),
    ]


def test_a_row_says_period_type_insured_and_payroll(a: Brokerage, ana: Viewer) -> None:
    settlement(
        a, type="INCLUSION", insured_count=37, payroll="412350.75", total="2656.20",
        coverage_start=dt.date(2028, 2, 1), coverage_end=dt.date(2028, 2, 29),
    )  # fmt: skip
    (row,) = told(R10, ana)
    assert (row["tipo"], row["asegurados"], row["planilla"]) == (
        "INCLUSION",
        37,
        Decimal("412350.75"),
    )
    assert (row["inicio"], row["fin"]) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    (cells,) = table(workbook(R10, ana))
    assert (cells["Planilla"].value, cells["Planilla"].data_type) == (412350.75, "n")
    assert (cells["Tipo"].value, cells["Fin vigencia"].value.date()) == (
        "Inclusión", dt.date(2028, 2, 29),
    )  # fmt: skip


def test_what_is_owed_by_policyholder_and_policy(a: Brokerage, ana: Viewer) -> None:
    zoe, abel = policyholder(a, "ZOE S.A."), policyholder(a, "Ábel S.A.")
    settlement(a, holder=zoe, total="100.10", policy_number="2")
    settlement(a, holder=zoe, total="200.20", policy_number="1")
    settlement(a, holder=abel, total="50.05", currency="USD")
    assert sheet(workbook(R10, ana), "Resumen")[1:] == [
        ("Ábel S.A.", "0047", "USD", 1, Decimal("50.05"), Decimal("50.05")),
        ("Ábel S.A.", "Total", "USD", 1, Decimal("50.05"), Decimal("50.05")),
        ("ZOE S.A.", "1", "PEN", 1, Decimal("200.2"), Decimal("200.2")),
        ("ZOE S.A.", "2", "PEN", 1, Decimal("100.1"), Decimal("100.1")),
        ("ZOE S.A.", "Total", "PEN", 2, Decimal("300.3"), Decimal("300.3")),
    ]
    assert totals(R10, ana) == {"PEN": (2, "300.30", "300.30"), "USD": (1, "50.05", "50.05")}
    lines = pdf_lines(R10, ana)
    assert "Contratante: ZOE S.A. · Nº póliza: 1" in lines
    assert "2 liquidaciones · Importe S/ 300.30 · Saldo S/ 300.30" in lines


def test_the_product_is_a_parameter(a: Brokerage, ana: Viewer) -> None:
    settlement(a, number="L1")
    settlement(a, number="L2", product_code="SCP", product="SCTR pensión")
    assert column(R10, ana, "liquidacion", "producto=scp") == ["L2"]
    assert column(R10, ana, "liquidacion", "producto=vida ley") == ["L1"]
    assert "desde" in problems(R10, ana, "desde=2026-01-01"), "what is owed has no range"


def test_paid_settlements_come_by_month_with_their_voucher(a: Brokerage, ana: Viewer) -> None:
    settled(a, dt.date(2026, 10, 31), number="L1", total="10.01")
    settled(a, dt.date(2026, 11, 1), number="L2", total="20.02")
    settled(a, dt.date(2026, 11, 24), number="L3", total="5.05", currency="USD")
    settled(a, dt.date(2026, 11, 24), number="L4", voucher_number="", voucher_type="",
            voucher_issued_on=None)  # fmt: skip
    settlement(a, number="owed")
    rows = told(R11, ana)
    assert [(row["liquidacion"], row["mes"], row["comprobante"]) for row in rows] == [
        ("L1", "2026-10", "F001-9"),
        ("L2", "2026-11", "F001-9"),
        ("L3", "2026-11", "F001-9"),
        ("L4", "2026-11", ""),
    ]
    book = workbook(R11, ana)
    assert sheet(book, "Resumen") == [
        ("Mes de pago", "Moneda", "Liquidaciones", "Importe"),
        ("2026-10", "PEN", 1, Decimal("10.01")),
        ("2026-11", "PEN", 2, Decimal("120.02")),
        ("2026-11", "USD", 1, Decimal("5.05")),
    ]
    first = table(book)[0]
    assert (first["Comprobante"].value, first["Tipo de comprobante"].value) == ("F001-9", "Factura")
    assert first["Fecha del comprobante"].value.date() == dt.date(2026, 10, 31)


def test_the_days_of_payment_are_those_of_the_parameters(a: Brokerage, ana: Viewer) -> None:
    for days in (-62, -61, 0, 1):
        settled(a, day(days), number=str(days), due_on=day(-100))
    assert column(R11, ana, "liquidacion") == ["-61", "0"]
    assert column(R11, ana, "liquidacion", "hasta=") == ["-61", "0", "1"]
    assert column(R11, ana, "liquidacion", f"desde=&hasta={day(-62)}") == ["-62"]
