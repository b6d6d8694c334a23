"""R02 Cuotas por estado."""

from decimal import Decimal

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import day, installment, paid

from .reading import column, problems, sheet, totals, workbook

R02 = report(BusinessLine.GENERALES, "cuotas-por-estado")


def test_several_states_are_one_or_the_other(a: Brokerage, ana: Viewer) -> None:
    installment(a, external_id="late", due_on=day(-1))
    installment(a, external_id="today")
    paid(a, day(-1), external_id="paid")
    installment(a, external_id="void", status="ANULADA")
    assert set(column(R02, ana, "id_cuota")) == {"late", "today", "paid", "void"}
    assert set(column(R02, ana, "id_cuota", "estado=PAGADA&estado=ANULADA")) == {"paid", "void"}
    assert column(R02, ana, "id_cuota", "estado=VENCIDA") == ["late"]
    assert column(R02, ana, "id_cuota", "estado=POR_VENCER") == ["today"]


def test_the_dates_are_the_last_two_months_unless_opened(a: Brokerage, ana: Viewer) -> None:
    for days in (-62, -61, 0, 1):  # 2026-09-23, 2026-09-24, today, tomorrow
        installment(a, external_id=str(days), due_on=day(days))
    assert column(R02, ana, "id_cuota") == ["-61", "0"]
    assert column(R02, ana, "id_cuota", "desde=") == ["-62", "-61", "0"]
    assert column(R02, ana, "id_cuota", "desde=&hasta=") == ["-62", "-61", "0", "1"]


def test_refunds_stand_apart_from_charges(a: Brokerage, ana: Viewer) -> None:
    installment(a, total="100.00", branch="Lima")
    installment(a, total="-30.50", status="POR_DEVOLVER", branch="Lima")
    installment(a, total="0.00", branch="Cusco", currency="USD")
    assert sheet(workbook(R02, ana), "Resumen")[1:] == [
        ("Cusco", "Vehículos", "Cobro", "USD", 1, Decimal("0"), Decimal("0")),
        ("Cusco", "Vehículos", "Total", "USD", 1, 0, 0),
        ("Cusco", "Total", "Total", "USD", 1, 0, 0),
        ("Lima", "Vehículos", "Cobro", "PEN", 1, 100, 100),
        ("Lima", "Vehículos", "Devolución", "PEN", 1, Decimal("-30.5"), Decimal("-30.5")),
        ("Lima", "Vehículos", "Total", "PEN", 2, Decimal("69.5"), Decimal("69.5")),
        ("Lima", "Total", "Total", "PEN", 2, Decimal("69.5"), Decimal("69.5")),
    ]
    assert totals(R02, ana) == {"PEN": (2, "69.50", "69.50"), "USD": (1, "0.00", "0.00")}


def test_a_row_without_a_branch_has_a_group_too(a: Brokerage, ana: Viewer) -> None:
    installment(a)
    assert sheet(workbook(R02, ana), "Resumen")[1][0] == "—"


def test_a_state_that_does_not_exist_is_refused(ana: Viewer) -> None:
    assert "estado" in problems(R02, ana, "estado=PERDIDA")


def test_it_has_no_day_of_its_own(ana: Viewer) -> None:
    """Stored states are those of now: a past day would promise what nobody knows."""
    assert "corte" in problems(R02, ana, "corte=2026-01-01")
