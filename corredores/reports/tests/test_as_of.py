"""What was owed on a past day, asked today."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.installments.models import Installment, InstallmentChange
from corredores.reports.catalogue import report
from tests.people import TODAY, day, installment, paid, settlement

from .reading import column, problems, told, totals

R01 = report(BusinessLine.GENERALES, "cuotas-pendientes")
R03 = report(BusinessLine.GENERALES, "antiguedad-de-deuda")
R10 = report(BusinessLine.VIDA, "liquidaciones-pendientes")
MONTH_AGO = f"corte={day(-30)}"


def test_what_was_paid_since_was_still_owed_then(a: Brokerage, ana: Viewer) -> None:
    paid(a, day(-29), external_id="paid-after", due_on=day(-35))
    paid(a, day(-30), external_id="paid-that-day", due_on=day(-35))
    installment(
        a, external_id="offset", status="COMPENSADA", paid_on=day(-1), due_on=day(-20),
        payment_channel="NOTA_CREDITO",
    )  # fmt: skip
    rows = told(R01, ana, MONTH_AGO)
    assert [(row["id_cuota"], row["estado"], row["dias"]) for row in rows] == [
        ("paid-after", "VENCIDA", 5),
        ("offset", "POR_VENCER", -10),
    ]
    assert {row["fecha_pago"] for row in rows} == {None}
    assert told(R01, ana) == []


def test_what_was_issued_since_did_not_exist(a: Brokerage, ana: Viewer) -> None:
    installment(a, external_id="new", issued_on=day(-29), due_on=day(-5))
    installment(a, external_id="old", issued_on=day(-30), due_on=day(-5))
    assert column(R01, ana, "id_cuota", MONTH_AGO) == ["old"]
    assert set(column(R01, ana, "id_cuota")) == {"new", "old"}


def test_a_partial_payment_counts_from_its_day(a: Brokerage, ana: Viewer) -> None:
    part: dict[str, Any] = {"status": "PAGO_PARCIAL", "paid": "40.00", "due_on": day(-60)}
    installment(a, paid_on=day(-10), **part)
    assert column(R01, ana, "saldo", MONTH_AGO) == [Decimal(100)]
    assert column(R01, ana, "saldo", f"corte={day(-10)}") == [Decimal(60)]


def test_the_history_knows_what_had_been_paid_of_a_cuota_since_settled(
    a: Brokerage, ana: Viewer
) -> None:
    settled = paid(a, day(-5), due_on=day(-60))
    before(settled, status="PAGO_PARCIAL", paid="40.00", paid_on=day(-40))
    before(settled, status="RECHAZADA", paid="0.00", paid_on=None)
    assert column(R01, ana, "saldo", f"corte={day(-41)}") == [Decimal(100)]
    assert column(R01, ana, "saldo", MONTH_AGO) == [Decimal(60)]
    assert told(R01, ana) == []


def before(now: Installment, **was: Any) -> None:
    """Keep in the history what the cuota was before it became what it is."""
    InstallmentChange.everything.create(
        installment=now, brokerage=now.brokerage, line=now.line, currency=now.currency,
        total=now.total, due_on=now.due_on, updated_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
        **was,
    )  # fmt: skip


def test_days_run_on_to_a_future_day(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=TODAY)
    assert column(R01, ana, "dias", f"corte={day(31)}") == [31]


def test_a_payment_between_two_runs_changes_no_report_of_a_day_before(
    a: Brokerage, ana: Viewer
) -> None:
    """The same report of the same day has the same figures, whenever it is run."""
    cuotas = [installment(a, due_on=day(-days), total="33.33") for days in (0, 30, 31, 90, 91)]
    first = [totals(listing, ana, MONTH_AGO) for listing in (R01, R03)]
    for cuota in cuotas:
        cuota.status, cuota.paid, cuota.paid_on = "PAGADA", cuota.total, TODAY
        cuota.save()
    assert [totals(listing, ana, MONTH_AGO) for listing in (R01, R03)] == first
    assert totals(R01, ana) == {}


def test_settlements_too_were_owed_until_they_were_paid(a: Brokerage, ana: Viewer) -> None:
    settlement(a, number="L1", status="PAGADA", paid_on=day(-29), due_on=day(-40))
    settlement(a, number="L2", status="PAGADA", paid_on=day(-30), due_on=day(-40))
    settlement(a, number="L3", issued_on=day(-20), due_on=day(-5))
    rows = told(R10, ana, MONTH_AGO)
    assert [(row["liquidacion"], row["estado"], row["saldo"]) for row in rows] == [
        ("L1", "VENCIDA", Decimal(100))
    ]
    assert column(R10, ana, "liquidacion") == ["L3"]


@pytest.mark.parametrize("corte", ["1989-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_no_cuota_can_have_is_refused_with_a_reason(ana: Viewer, corte: str) -> None:
    assert "La fecha de corte va" in problems(R01, ana, f"corte={corte}")["corte"]


def test_no_day_and_an_empty_day_are_today(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=day(-1))
    assert column(R01, ana, "dias") == column(R01, ana, "dias", "corte=") == [1]
