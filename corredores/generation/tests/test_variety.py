"""Everything that can occur does, in about the shares of domain.md §11."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from corredores.generation.products import PRODUCTS
from corredores.generation.tests.conftest import TODAY, Portfolio

STATES = {"PENDIENTE", "EN_PROCESO", "PAGADA", "PAGO_PARCIAL", "RECHAZADA", "ANULADA",
          "COMPENSADA", "REPROGRAMADA", "POR_DEVOLVER", "DEVUELTA", "CASTIGADA"}  # fmt: skip
CHANNELS = {"BANCO_WEB", "AGENTE", "VENTANILLA", "CARGO_CUENTA", "CARGO_TARJETA", "TARJETA_WEB",
            "CIP", "TRANSFERENCIA", "CHEQUE", "NOTA_CREDITO", "PLANILLA"}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("estado", STATES),
        ("canal_pago", CHANNELS | {""}),
        ("linea", {"GENERALES", "VIDA", "SALUD"}),
        ("moneda", {"PEN", "USD"}),
        ("comprobante_tipo", {"", "01", "03", "07", "08", "13"}),
        ("cuota_total", {"1", "4", "6", "10", "12"}),
        ("producto_codigo", {product.code for product in PRODUCTS}),
    ],
)
def test_every_value_occurs(portfolio: Portfolio, column: str, values: set[str]) -> None:
    assert {row[column] for row in portfolio.installments} == values


@pytest.mark.parametrize(
    ("column", "value", "low", "high"),
    [
        ("linea", "GENERALES", 0.54, 0.66),
        ("linea", "VIDA", 0.16, 0.25),
        ("linea", "SALUD", 0.15, 0.25),
        ("estado", "PAGADA", 0.65, 0.76),
        ("estado", "RECHAZADA", 0.01, 0.03),
        ("estado", "ANULADA", 0.02, 0.04),
        ("estado", "REPROGRAMADA", 0.005, 0.015),
    ],
)
def test_shares_are_those_of_the_market(
    portfolio: Portfolio, column: str, value: str, low: float, high: float
) -> None:
    found = Counter(row[column] for row in portfolio.installments)
    assert low < found[value] / len(portfolio.installments) < high


def test_most_cuotas_are_of_the_last_two_years_and_some_of_2016(portfolio: Portfolio) -> None:
    due = [date.fromisoformat(row["fecha_vencimiento"]) for row in portfolio.installments]
    recent = sum(day >= TODAY - timedelta(731) for day in due)
    assert 0.85 < recent / len(due) < 0.98
    assert min(due).year == 2016
    assert max(due) > TODAY + timedelta(300)


@pytest.mark.parametrize("brokerage", ["C0001", "C0002"])
@pytest.mark.parametrize("days", [-1, 0, 1, 30, 31, 60, 61, 90, 91])
def test_a_pending_cuota_stands_on_each_side_of_a_date_rule(
    portfolio: Portfolio, brokerage: str, days: int
) -> None:
    due = str(TODAY - timedelta(days))
    assert any(
        row["fecha_vencimiento"] == due and row["estado"] == "PENDIENTE"
        for row in portfolio.installments
        if row["codigo_corredor"] == brokerage
    )


@pytest.mark.parametrize(
    "day", ["2017-07-31", "2017-08-01", "2016-02-29", "2020-02-29", "2024-02-29"]
)
def test_a_voucher_was_issued_on_each_remarkable_day(portfolio: Portfolio, day: str) -> None:
    issued = {row["fecha_emision"] for row in portfolio.vouchers}
    assert day in issued


def test_a_note_of_2018_modifies_a_factura_of_june_2017(portfolio: Portfolio) -> None:
    policies = {r["poliza"] for r in portfolio.vouchers if r["fecha_emision"] == "2017-06-15"}
    notes = [row for row in portfolio.vouchers if row["fecha_emision"] == "2018-03-12"]
    assert any(row["tipo"] == "07" and row["poliza"] in policies for row in notes)


def test_a_year_begun_on_29_february_ends_on_the_28th(portfolio: Portfolio) -> None:
    ends = {
        row["vigencia_fin"]
        for row in portfolio.installments
        if row["vigencia_inicio"] == "2024-02-29"
    }
    assert "2025-02-28" in ends


def test_one_policy_number_serves_two_products(portfolio: Portfolio) -> None:
    products: dict[str, set[str]] = defaultdict(set)
    for row in portfolio.installments:
        products[row["poliza"]].add(row["producto_codigo"])
    assert {"SCP", "SCS"} in products.values()
    assert any(number.startswith("0") for number in products)
