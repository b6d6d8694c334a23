"""R01 Cuotas pendientes de pago."""

from decimal import Decimal

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import TODAY, day, installment, paid, policyholder

from .reading import column, pdf_lines, sheet, table, told, totals, workbook

R01 = report(BusinessLine.GENERALES, "cuotas-pendientes")


def test_only_what_is_owed_of_the_line_is_there(a: Brokerage, ana: Viewer) -> None:
    installment(a, external_id="late", due_on=day(-40))
    installment(a, external_id="to-come", due_on=day(10))
    installment(a, external_id="part", status="PAGO_PARCIAL", paid="40.00", paid_on=day(-3))
    installment(a, external_id="refused", status="RECHAZADA", rejected_on=day(-2))
    installment(a, external_id="sent", status="EN_PROCESO")
    paid(a, day(-5))
    installment(a, status="ANULADA")
    installment(a, status="COMPENSADA", paid_on=day(-1))
    installment(a, status="REPROGRAMADA", replaced_by="late")
    installment(a, status="CASTIGADA", due_on=day(-500))
    installment(a, status="POR_DEVOLVER", total="-50.00")
    installment(a, line="VIDA")
    installment(a, line="SALUD")
    found = column(R01, ana, "id_cuota")
    assert set(found) == {"late", "to-come", "part", "refused", "sent"}
    assert len(found) == 5


def test_a_row_says_balance_days_state_and_the_last_rejection(a: Brokerage, ana: Viewer) -> None:
    installment(
        a, due_on=day(-31), total="100.00", paid="40.00", status="PAGO_PARCIAL", paid_on=day(-3),
        payment_channel="CARGO_TARJETA", rejected_on=day(-20), rejection_reason="SIN FONDOS",
    )  # fmt: skip
    (row,) = told(R01, ana)
    assert (row["importe"], row["saldo"], row["dias"]) == (Decimal(100), Decimal(60), 31)
    assert (row["estado"], row["fecha_pago"], row["vencimiento"]) == (
        "PAGO_PARCIAL", day(-3), day(-31),
    )  # fmt: skip
    assert (row["ultimo_rechazo"], row["motivo"]) == (day(-20), "SIN FONDOS")
    assert row["canal"] == "CARGO_TARJETA"


def test_a_cuota_due_today_is_not_late(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=TODAY)
    installment(a, due_on=day(-1))
    rows = told(R01, ana)
    assert [(row["dias"], row["estado"]) for row in rows] == [(1, "VENCIDA"), (0, "POR_VENCER")]


def test_what_is_not_yet_due_can_be_left_out(a: Brokerage, ana: Viewer) -> None:
    for days in (-1, 0, 1):
        installment(a, due_on=day(days))
    assert column(R01, ana, "vencimiento", "por_vencer=no") == [day(-1)]
    assert len(told(R01, ana, "por_vencer=si")) == 3


def test_rows_come_by_policyholder_policy_and_due_date(a: Brokerage, ana: Viewer) -> None:
    zoe = policyholder(a, "ZOE S.A.C.")
    nunez = policyholder(a, "Ñúñez E.I.R.L.")
    for holder, number, days in (
        (zoe, "1", -1), (nunez, "2", 5), (nunez, "1", 9), (nunez, "2", -7),
    ):  # fmt: skip
        installment(a, holder=holder, policy_number=number, due_on=day(days))
    rows = told(R01, ana)
    assert [(row["contratante"], row["poliza"], row["vencimiento"]) for row in rows] == [
        ("Ñúñez E.I.R.L.", "1", day(9)),
        ("Ñúñez E.I.R.L.", "2", day(-7)),
        ("Ñúñez E.I.R.L.", "2", day(5)),
        ("ZOE S.A.C.", "1", day(-1)),
    ]


def test_currencies_are_never_added(a: Brokerage, ana: Viewer) -> None:
    installment(a, total="100.10")
    installment(a, total="200.20", paid="0.20", status="PAGO_PARCIAL", paid_on=TODAY)
    installment(a, total="50.05", currency="USD")
    assert totals(R01, ana) == {"PEN": (2, "300.30", "300.10"), "USD": (1, "50.05", "50.05")}
    assert totals(R01, ana, "moneda=USD") == {"USD": (1, "50.05", "50.05")}


def test_parameters_narrow_the_report(a: Brokerage, ana: Viewer) -> None:
    pena = policyholder(a, "PEÑA & HIJOS")
    wanted = {"holder": pena, "product_code": "INC", "product": "Incendio", "branch": "Cusco",
              "payment_channel": "CARGO_CUENTA"}  # fmt: skip
    installment(a, external_id="wanted", **wanted)
    installment(a, branch="Lima", payment_channel="AGENTE")
    for query in (
        "contratante=pena", "producto=inc", "producto=incendio", "sucursal=cus",
        "canal=CARGO_CUENTA",
    ):  # fmt: skip
        assert column(R01, ana, "id_cuota", query) == ["wanted"], query


def test_the_workbook_has_typed_cells_and_subtotals_of_every_level(
    a: Brokerage, ana: Viewer
) -> None:
    formula = policyholder(a, '=HYPERLINK("http://x")&MUÑOZ <b>', doc_number="20512345678")
    installment(a, holder=formula, policy_number="0047", total="100.10", due_on=day(-31))
    installment(a, holder=formula, policy_number="0047", total="200.20", due_on=day(30))
    installment(a, holder=formula, policy_number="0048", total="9.99", currency="USD")
    book = workbook(R01, ana)
    cells = table(book)[0]
    assert cells["Contratante"].value == '=HYPERLINK("http://x")&MUÑOZ <b>'
    assert cells["Contratante"].data_type == "s"
    assert (cells["Nº póliza"].value, cells["Nº póliza"].data_type) == ("0047", "s")
    assert cells["Nº documento"].value == "20512345678"
    assert (cells["Vence"].value.date(), cells["Vence"].is_date) == (day(-31), True)
    assert (cells["Saldo"].value, cells["Saldo"].number_format) == (100.1, "#,##0.00")
    assert cells["Días vencidos"].value == 31
    name = formula.name
    assert sheet(book, "Resumen") == [
        ("Contratante", "Nº póliza", "Moneda", "Cuotas", "Importe", "Saldo"),
        (name, "0047", "PEN", 2, Decimal("300.3"), Decimal("300.3")),
        (name, "0048", "USD", 1, Decimal("9.99"), Decimal("9.99")),
        (name, "Total", "PEN", 2, Decimal("300.3"), Decimal("300.3")),
        (name, "Total", "USD", 1, Decimal("9.99"), Decimal("9.99")),
    ]


def test_the_pdf_has_a_head_and_subtotals_for_each_group(a: Brokerage, ana: Viewer) -> None:
    for total in ("100.10", "200.20"):
        installment(a, total=total)
    installment(a, policy_number="0048", total="7.77", currency="USD")
    lines = pdf_lines(R01, ana)
    assert "Contratante: ACME S.A.C. · Nº póliza: 0047" in lines
    assert "Nº póliza: 0048" in lines
    assert lines.count("2 cuotas · Importe S/ 300.30 · Saldo S/ 300.30") == 3  # caption too
    assert lines.count("1 cuota · Importe US$ 7.77 · Saldo US$ 7.77") == 2  # one row, one policy
    assert {"Cuotas pendientes de pago", "Negocio", "Seguros Generales"} <= set(lines)


def test_two_clients_of_one_name_have_two_subtotals(a: Brokerage, ana: Viewer) -> None:
    for number in ("10000000001", "10000000002"):
        for policy in ("2", "1"):
            same = policyholder(a, "JUAN PÉREZ", doc_number=number)
            installment(a, holder=same, policy_number=policy)
    totals_of_clients = [row for row in sheet(workbook(R01, ana), "Resumen") if row[1] == "Total"]
    assert [(row[0], row[3]) for row in totals_of_clients] == [("JUAN PÉREZ", 2)] * 2


def test_one_number_of_two_products_is_two_policies(a: Brokerage, ana: Viewer) -> None:
    installment(a, product_code="VEH")
    installment(a, product_code="INC")
    policies = [row for row in sheet(workbook(R01, ana), "Resumen") if row[1] == "0047"]
    assert [row[3] for row in policies] == [1, 1]


def test_a_client_is_one_group_under_the_name_known_now(a: Brokerage, ana: Viewer) -> None:
    client = policyholder(a, "NUEVA S.A.")
    installment(a, holder=client, policyholder_name="VIEJA S.A.", policyholder_folded="vieja s.a.")
    installment(a, holder=client)
    assert column(R01, ana, "contratante") == ["NUEVA S.A.", "NUEVA S.A."]
