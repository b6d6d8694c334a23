"""R04 Pólizas en riesgo de suspensión / extinción."""

from decimal import Decimal

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.portfolio.models import ProductTerms
from corredores.reports.catalogue import report
from tests.people import TODAY, administrator, day, installment, paid, policyholder, reader

from .reading import column, pdf_lines, problems, sheet, table, told, totals, workbook

R04 = report(BusinessLine.GENERALES, "polizas-en-riesgo")


@pytest.mark.parametrize(
    ("days", "urgency"),
    [
        (0, None), (14, None), (15, "3_SUSPENSION"), (30, "3_SUSPENSION"), (31, "2_SUSPENDIDA"),
        (74, "2_SUSPENDIDA"), (75, "1_EXTINCION"), (90, "1_EXTINCION"), (91, "5_EXTINGUIDA"),
    ],
)  # fmt: skip
def test_the_days_of_the_oldest_cuota_decide_the_urgency(
    a: Brokerage, ana: Viewer, days: int, urgency: str | None
) -> None:
    installment(a, due_on=day(-days))
    assert column(R04, ana, "urgencia") == ([urgency] if urgency else [])


def test_one_row_for_a_policy_with_all_its_overdue_debt(a: Brokerage, ana: Viewer) -> None:
    installment(a, number=4, due_on=day(-35), total="100.10")
    installment(a, number=5, due_on=day(-5), total="200.20", paid="0.20", status="PAGO_PARCIAL")
    installment(a, number=6, due_on=TODAY, total="400.40")
    paid(a, day(-60))
    (row,) = told(R04, ana)
    assert (row["cuota"], row["vencimiento"], row["dias"]) == ("4/12", day(-35), 35)
    assert (row["cuotas"], row["deuda"]) == (2, Decimal("300.10"))
    assert (row["limite"], row["extincion"]) == (day(-5), day(55))
    assert row["urgencia"] == "2_SUSPENDIDA"


def test_the_horizon_is_a_parameter(a: Brokerage, ana: Viewer) -> None:
    for number, days in (("1", 23), ("2", 15), ("3", 1)):
        installment(a, policy_number=number, due_on=day(-days))
    assert column(R04, ana, "poliza", "dias=7") == ["1"]
    assert column(R04, ana, "poliza") == column(R04, ana, "poliza", "dias=15") == ["1", "2"]
    assert column(R04, ana, "poliza", "dias=30") == ["1", "2", "3"]
    assert column(R04, ana, "urgencia", "dias=") == ["3_SUSPENSION"] * 2 + ["4_EN_PLAZO"]


def test_terms_of_a_product_may_be_better_than_the_law(a: Brokerage, ana: Viewer) -> None:
    ProductTerms.objects.create(
        line="GENERALES", product_code="VEH", suspension_days=30, extra_days=10, extinction_days=120
    )
    installment(a, due_on=day(-35))
    (row,) = told(R04, ana)
    assert (row["limite"], row["extincion"]) == (day(5), day(85))
    assert row["urgencia"] == "3_SUSPENSION"


def test_debts_in_two_currencies_are_two_rows_of_one_policy(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=day(-40), total="10.00")
    installment(a, due_on=day(-2), total="20.00", currency="USD")
    rows = told(R04, ana)
    assert [(row["moneda"], row["deuda"], row["urgencia"]) for row in rows] == [
        ("PEN", 10, "2_SUSPENDIDA"),
        ("USD", 20, "4_EN_PLAZO"),
    ]
    assert totals(R04, ana) == {"PEN": (1, "10.00"), "USD": (1, "20.00")}


def test_one_number_of_two_products_is_two_policies(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=day(-40), product_code="VEH")
    installment(a, due_on=day(-2), product_code="INC")
    assert len(told(R04, ana)) == 1


def test_the_most_urgent_come_first_and_the_oldest_of_them(a: Brokerage, ana: Viewer) -> None:
    for number, days in (("new", 20), ("gone", 200), ("near", 80), ("out", 40), ("nearer", 89)):
        installment(a, policy_number=number, due_on=day(-days))
    assert column(R04, ana, "poliza") == ["nearer", "near", "out", "new", "gone"]


def test_each_urgency_has_a_subtotal(a: Brokerage, ana: Viewer) -> None:
    for number, days in (("1", 20), ("2", 40), ("3", 41)):
        installment(a, policy_number=number, due_on=day(-days), total="10.10")
    assert sheet(workbook(R04, ana), "Resumen") == [
        ("Urgencia", "Moneda", "Pólizas", "Deuda para rehabilitar"),
        ("Suspendida", "PEN", 2, Decimal("20.2")),
        ("Suspensión próxima", "PEN", 1, Decimal("10.1")),
    ]
    lines = pdf_lines(R04, ana)
    assert lines.index("Subtotal Suspendida") < lines.index("Urgencia: Suspensión próxima")
    assert "2 pólizas · Deuda para rehabilitar S/ 20.20" in lines
    assert any("fechas estimadas" in line for line in lines)


def test_dates_are_dates_in_the_workbook(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=day(-31))
    (cells,) = table(workbook(R04, ana))
    limit = cells["Límite antes de suspensión (est.)"]
    assert (limit.value.date(), limit.is_date) == (day(-1), True)
    assert cells["Urgencia"].value == "Suspendida"


def test_a_parameter_takes_whole_policies_only(a: Brokerage, ana: Viewer) -> None:
    near, far = policyholder(a, "CERCA"), policyholder(a, "LEJOS")
    installment(a, holder=near, due_on=day(-40), policy_number="1")
    installment(a, holder=far, due_on=day(-40), policy_number="2")
    assert column(R04, ana, "contratante", "contratante=cerca") == ["CERCA"]


def test_the_day_can_be_another(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=TODAY)
    assert column(R04, ana, "urgencia", f"corte={day(31)}") == ["2_SUSPENDIDA"]


def test_telephone_and_mail_are_for_those_who_may_see_documents(a: Brokerage) -> None:
    client = policyholder(a, phone="+51 1 555 0000", email="pagos@acme.example")
    installment(a, holder=client, due_on=day(-40))
    assert told(R04, administrator(a))[0]["telefono"] == "+51 1 555 0000"
    (row,) = told(R04, reader(a, "GENERALES"))
    assert {"telefono", "correo"} & set(row) == set()
    assert row["num_doc"] == f"••••{client.doc_number[-4:]}"


def test_a_horizon_that_is_not_offered_is_refused(ana: Viewer) -> None:
    for wrong in ("8", "-1", "mucho", "9" * 30):
        assert "dias" in problems(R04, ana, f"dias={wrong}"), wrong
