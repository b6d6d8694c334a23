"""R07 Rechazos de cargo automático."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import TODAY, day, installment, policyholder

from .reading import column, pdf_lines, problems, sheet, table, told, totals, workbook

R07 = report(BusinessLine.GENERALES, "rechazos-de-cargo")


def rejected(of: Brokerage, on: dt.date = TODAY, **overrides: Any) -> Any:
    """A cuota of which one charge to a card was refused for lack of funds."""
    refused = {
        "status": "RECHAZADA", "rejected_on": on, "rejection_attempts": 1,
        "rejection_reason": "SIN FONDOS", "payment_channel": "CARGO_TARJETA",
    }  # fmt: skip
    return installment(of, **{**refused, **overrides})


def test_a_refused_charge_is_there_whatever_became_of_the_cuota(a: Brokerage, ana: Viewer) -> None:
    rejected(a, external_id="owed")
    rejected(a, external_id="paid", status="PAGADA", paid="100.00", paid_on=TODAY)
    rejected(a, external_id="life", line="VIDA")
    installment(a, external_id="never refused", payment_channel="CARGO_TARJETA")
    assert set(column(R07, ana, "id_cuota")) == {"owed", "paid"}


def test_a_row_says_when_how_often_why_and_how(a: Brokerage, ana: Viewer) -> None:
    rejected(a, day(-1), rejection_attempts=2, total="250.25", due_on=day(-3))
    (row,) = told(R07, ana)
    assert (row["rechazo"], row["intento"], row["motivo"]) == (day(-1), 2, "SIN FONDOS")
    assert (row["canal"], row["estado"], row["dias"]) == ("CARGO_TARJETA", "RECHAZADA", 3)
    assert (row["importe"], row["saldo"]) == (Decimal("250.25"), Decimal("250.25"))


@pytest.mark.parametrize(
    ("refused", "again"),
    [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 30)),  # Monday
        (dt.date(2026, 11, 20), dt.date(2026, 11, 27)),  # Friday
        (dt.date(2026, 11, 21), dt.date(2026, 11, 27)),  # Saturday: counted from Monday on
        (dt.date(2026, 11, 22), dt.date(2026, 11, 27)),  # Sunday
    ],
)
def test_the_next_charge_comes_five_working_days_later(
    a: Brokerage, ana: Viewer, refused: dt.date, again: dt.date
) -> None:
    rejected(a, refused)
    assert column(R07, ana, "proxima") == [again]


@pytest.mark.parametrize(
    "settled",
    [
        {"rejection_attempts": 3},
        {"status": "PAGADA", "paid": "100.00", "paid_on": TODAY},
        {"status": "ANULADA"},
        {"rejected_on": day(-8)},  # seven days later was yesterday
    ],
    ids=["the last attempt", "paid", "void", "long ago"],
)
def test_there_is_no_next_charge(a: Brokerage, ana: Viewer, settled: dict[str, Any]) -> None:
    rejected(a, **settled)
    assert column(R07, ana, "proxima") == [None]


def test_the_days_are_those_of_the_rejection(a: Brokerage, ana: Viewer) -> None:
    for days in (-62, -61, 0, 1):
        rejected(a, day(days), external_id=str(days), due_on=day(-300))
    assert set(column(R07, ana, "id_cuota")) == {"-61", "0"}
    assert column(R07, ana, "id_cuota", f"desde={day(1)}&hasta=") == ["1"]
    assert len(told(R07, ana, "desde=&hasta=")) == 4


def test_the_reason_is_a_parameter(a: Brokerage, ana: Viewer) -> None:
    rejected(a, external_id="funds")
    rejected(a, external_id="card", rejection_reason="Tarjeta vencida")
    assert column(R07, ana, "id_cuota", "motivo=TARJETA") == ["card"]
    assert "hasta" in problems(R07, ana, "desde=2026-02-01&hasta=2026-01-01")


def test_subtotals_by_reason_and_policyholder(a: Brokerage, ana: Viewer) -> None:
    zoe, abel = policyholder(a, "ZOE"), policyholder(a, "Ábel")
    rejected(a, holder=zoe, total="10.10")
    rejected(a, holder=abel, total="20.20")
    rejected(a, holder=zoe, total="30.30", rejection_reason="CUENTA CERRADA", currency="USD")
    assert sheet(workbook(R07, ana), "Resumen") == [
        ("Motivo", "Contratante", "Moneda", "Rechazos", "Importe", "Saldo"),
        ("CUENTA CERRADA", "ZOE", "USD", 1, Decimal("30.3"), Decimal("30.3")),
        ("CUENTA CERRADA", "Total", "USD", 1, Decimal("30.3"), Decimal("30.3")),
        ("SIN FONDOS", "Ábel", "PEN", 1, Decimal("20.2"), Decimal("20.2")),
        ("SIN FONDOS", "ZOE", "PEN", 1, Decimal("10.1"), Decimal("10.1")),
        ("SIN FONDOS", "Total", "PEN", 2, Decimal("30.3"), Decimal("30.3")),
    ]
    assert totals(R07, ana) == {"PEN": (2, "30.30", "30.30"), "USD": (1, "30.30", "30.30")}


def test_files_say_that_the_next_charge_is_estimated(a: Brokerage, ana: Viewer) -> None:
    rejected(a, dt.date(2026, 11, 23))
    (cells,) = table(workbook(R07, ana))
    assert cells["Próxima presentación (est.)"].value == dt.datetime(2026, 11, 30)  # noqa: DTZ001
    lines = " ".join(pdf_lines(R07, ana))
    assert "cinco días útiles después del rechazo, hasta 3 intentos" in lines
    assert "2 rechazos" not in lines
