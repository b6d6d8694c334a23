"""What one row names exists in another, and the two agree."""

from collections import Counter, defaultdict
from decimal import Decimal

from corredores.generation.tests.conftest import Portfolio, Row

VoucherKey = tuple[str, str, str, str, int]


def by_key(rows: list[Row], column: str) -> dict[str, Row]:
    found = {row[column]: row for row in rows}
    assert len(found) == len(rows)
    return found


def voucher_key(row: Row) -> VoucherKey:
    return row["emisor_ruc"], row["codigo_corredor"], row["tipo"], row["serie"], int(row["numero"])


def named(row: Row, kind: str, text: str) -> set[VoucherKey]:
    """A cuota does not say who issued its voucher: insurer and EPS may share a number."""
    series, _, number = text.partition("-")
    issuers = {"20990000019", "20990000027"}
    return {(issuer, row["codigo_corredor"], kind, series, int(number)) for issuer in issuers}


def test_every_row_belongs_to_a_brokerage_that_may_sell_its_line(portfolio: Portfolio) -> None:
    brokerages = by_key(portfolio.brokerages, "codigo")
    for row in portfolio.installments:
        assert row["linea"] in brokerages[row["codigo_corredor"]]["lineas"].split("|")
    for row in portfolio.settlements + portfolio.vouchers:
        assert row["codigo_corredor"] in brokerages


def test_a_rescheduled_cuota_names_its_replacement(portfolio: Portfolio) -> None:
    cuotas = by_key(portfolio.installments, "id_cuota")
    same = ("codigo_corredor", "producto_codigo", "poliza", "cuota_numero", "importe")
    chains = 0
    for row in portfolio.installments:
        assert bool(row["reemplazada_por"]) == (row["estado"] == "REPROGRAMADA")
        if row["reemplazada_por"]:
            new = cuotas[row["reemplazada_por"]]
            assert [row[column] for column in same] == [new[column] for column in same]
            assert new["fecha_vencimiento"] > row["fecha_vencimiento"]
            chains += new["estado"] == "REPROGRAMADA"
    assert chains, "some are replaced twice"


def test_a_settlement_equals_the_cuotas_under_it(portfolio: Portfolio) -> None:
    settlements = by_key(portfolio.settlements, "numero")
    sums: dict[str, Decimal] = defaultdict(Decimal)
    same = (
        "codigo_corredor", "poliza", "producto_codigo", "contratante_num_doc", "moneda",
        "estado", "fecha_vencimiento", "fecha_pago", "vigencia_inicio", "comprobante",
    )  # fmt: skip
    for row in portfolio.installments:
        if row["liquidacion"]:
            settlement = settlements[row["liquidacion"]]
            assert [row[column] for column in same] == [settlement[column] for column in same]
            sums[row["liquidacion"]] += Decimal(row["importe"])
    assert sums == {number: Decimal(row["importe"]) for number, row in settlements.items()}


def test_some_settlements_cover_several_cuotas(portfolio: Portfolio) -> None:
    cuotas = Counter(row["liquidacion"] for row in portfolio.installments if row["liquidacion"])
    assert {1, 2} <= set(cuotas.values())


def test_settlements_are_of_all_types_and_only_exclusions_are_below_zero(
    portfolio: Portfolio,
) -> None:
    signs: dict[str, set[int]] = defaultdict(set)
    for row in portfolio.settlements:
        amount = Decimal(row["importe"])
        signs[row["tipo"]].add((amount > 0) - (amount < 0))
    assert signs["REGULAR"] == signs["INCLUSION"] == {1}
    assert signs["EXCLUSION"] == {-1}
    assert signs["AJUSTE"] == {-1, 0, 1}


def test_the_voucher_of_a_cuota_exists_and_bills_it(portfolio: Portfolio) -> None:
    vouchers = {voucher_key(row): row for row in portfolio.vouchers}
    for row in portfolio.installments:
        assert bool(row["comprobante"]) == bool(row["comprobante_tipo"])
        if row["comprobante"]:
            keys = named(row, row["comprobante_tipo"], row["comprobante"])
            found = [vouchers[key] for key in keys if key in vouchers]
            assert row["poliza"] in {voucher["poliza"] for voucher in found}


def test_a_voucher_names_a_cuota_of_the_same_client_and_amount(portfolio: Portfolio) -> None:
    cuotas = by_key(portfolio.installments, "id_cuota")
    settled = by_key(portfolio.settlements, "numero")
    for row in portfolio.vouchers:
        cuota = cuotas[row["id_cuota"]]
        assert row["cliente_num_doc"] == cuota["contratante_num_doc"]
        assert row["moneda"] == cuota["moneda"]
        billed = settled[row["liquidacion"]] if row["liquidacion"] else cuota
        assert Decimal(row["importe"]) == abs(Decimal(billed["importe"]))


def test_some_cuotas_have_several_vouchers_and_some_are_still_to_be_billed(
    portfolio: Portfolio,
) -> None:
    assert max(Counter(row["id_cuota"] for row in portfolio.vouchers).values()) >= 2
    waiting = [row for row in portfolio.installments if not row["comprobante"]]
    assert {"PENDIENTE", "PAGADA"} <= {row["estado"] for row in waiting}
