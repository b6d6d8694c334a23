"""Each rule between the columns of a cuota (formats.md §1), on every row."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from corredores.generation.tests.conftest import TODAY, Portfolio, Row

REQUIRED = (
    "id_cuota", "codigo_corredor", "linea", "producto_codigo", "producto", "poliza",
    "contratante_tipo_doc", "contratante_num_doc", "contratante", "cuota_numero", "cuota_total",
    "moneda", "prima_neta", "igv", "importe", "fecha_emision", "fecha_vencimiento", "estado",
    "actualizado_en",
)  # fmt: skip
AMOUNT = re.compile(r"-?\d{1,12}\.\d\d")
OPEN = {"PENDIENTE", "EN_PROCESO", "RECHAZADA", "ANULADA", "REPROGRAMADA", "POR_DEVOLVER",
        "CASTIGADA"}  # fmt: skip


def money(row: Row, *columns: str) -> Decimal:
    return sum((Decimal(row[column] or 0) for column in columns), Decimal())


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_required_cells_are_filled_and_ids_are_unique(portfolio: Portfolio) -> None:
    rows = portfolio.installments
    assert [r["id_cuota"] for r in rows for column in REQUIRED if not r[column]] == []
    assert len({row["id_cuota"] for row in rows}) == len(rows)
    assert all(None not in row and None not in row.values() for row in rows)


def test_amounts_have_two_decimals_and_add_up_to_the_cent(portfolio: Portfolio) -> None:
    for row in portfolio.installments:
        assert AMOUNT.fullmatch(row["importe"])
        assert AMOUNT.fullmatch(row["pagado"])
        parts = money(row, "prima_neta", "derecho_emision", "interes", "igv")
        assert parts == money(row, "importe"), row["id_cuota"]


def test_what_is_paid_agrees_with_the_state(portfolio: Portfolio) -> None:
    for row in portfolio.installments:
        paid, amount, state = money(row, "pagado"), money(row, "importe"), row["estado"]
        if state in {"PAGADA", "COMPENSADA", "DEVUELTA"}:
            assert paid == amount
            assert row["fecha_pago"]
            assert row["canal_pago"]
        elif state == "PAGO_PARCIAL":
            assert 0 < paid < amount
        else:
            assert state in OPEN
            assert paid == 0
            assert not row["fecha_pago"]


def test_refunds_and_only_refunds_are_negative(portfolio: Portfolio) -> None:
    for row in portfolio.installments:
        refund = row["estado"] in {"POR_DEVOLVER", "DEVUELTA"}
        assert (money(row, "importe") < 0) == refund


def test_dates_come_in_order_and_none_has_happened_tomorrow(portfolio: Portfolio) -> None:
    last_due = day(f"{TODAY.year + 1}-{TODAY.month:02d}-{TODAY.day:02d}")
    for row in portfolio.installments:
        issued, due = day(row["fecha_emision"]), day(row["fecha_vencimiento"])
        assert date(2016, 1, 1) <= issued <= min(due, TODAY)
        assert due <= last_due
        if row["fecha_pago"]:
            assert issued <= day(row["fecha_pago"]) <= TODAY
        if row["fecha_abono"]:
            assert day(row["fecha_pago"]) < day(row["fecha_abono"]) <= TODAY
        assert row["vigencia_inicio"] <= row["vigencia_fin"]
        assert row["vigencia_inicio"]


def test_the_stamp_is_lima_time_and_not_in_the_future(portfolio: Portfolio) -> None:
    for row in portfolio.installments + portfolio.settlements + portfolio.vouchers:
        stamp = datetime.fromisoformat(row["actualizado_en"])
        assert stamp.utcoffset() == timedelta(hours=-5)
        assert stamp.date() <= TODAY


def test_the_cuota_number_stays_within_its_total(portfolio: Portfolio) -> None:
    for row in portfolio.installments:
        assert 1 <= int(row["cuota_numero"]) <= int(row["cuota_total"])


def test_columns_of_one_line_stay_in_it(portfolio: Portfolio) -> None:
    for row in portfolio.installments:
        assert not row["liquidacion"] or row["linea"] == "VIDA"
        assert bool(row["aviso_cobranza"]) == (row["linea"] == "GENERALES")
        assert bool(row["placa"]) == (row["producto_codigo"] in {"VEH", "SOA"})


def test_refused_charges_say_when_why_and_how_often(portfolio: Portfolio) -> None:
    for row in portfolio.installments:
        cells = [row["rechazo_fecha"], row["rechazo_motivo"], row["rechazo_intentos"]]
        assert all(cells) or not any(cells)
        if row["estado"] == "RECHAZADA":
            assert row["canal_pago"] in {"CARGO_CUENTA", "CARGO_TARJETA"}
            assert day(row["fecha_vencimiento"]) < day(row["rechazo_fecha"]) <= TODAY
            assert 1 <= int(row["rechazo_intentos"]) <= 3


def test_cuotas_of_a_policy_are_equal_but_for_the_cents_in_the_last(portfolio: Portfolio) -> None:
    policies: dict[tuple[str, ...], dict[int, tuple[int, int]]] = defaultdict(dict)
    declared = {"SCP", "SCS", "VLE", "VGR", "DGV", "EPR", "EPP"}  # follow each month's payroll
    for row in portfolio.installments:
        key = (row["producto_codigo"], row["poliza"], row["endoso"])
        if row["producto_codigo"] not in declared and row["estado"] != "REPROGRAMADA":
            number = int(row["cuota_numero"])
            assert number not in policies[key]
            policies[key][number] = (int(money(row, "importe") * 100), int(row["cuota_total"]))
    assert policies
    for cuotas in policies.values():
        count = cuotas[1][1]
        amounts = [cuotas[number][0] for number in range(1, count + 1)]
        assert len(cuotas) == count
        assert len(set(amounts[:-1])) <= 1
        assert 0 <= amounts[-1] - amounts[0] < count
