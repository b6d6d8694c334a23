"""Vouchers as SUNAT knows them (domain.md §7)."""

import re
from base64 import b64decode
from decimal import Decimal

from corredores.generation.tests.conftest import TODAY, Portfolio, Row
from corredores.generation.tests.test_references import named, voucher_key

SERIES = {"01": "F", "03": "B", "13": "S", "07": "FB", "08": "FB"}


def test_their_keys_are_unique_and_two_issuers_share_numbers(portfolio: Portfolio) -> None:
    keys = [(r["emisor_ruc"], r["tipo"], r["serie"], r["numero"]) for r in portfolio.vouchers]
    assert len(set(keys)) == len(keys)
    assert len({key[1:] for key in keys}) < len(keys)


def test_facturas_go_to_a_ruc_and_boletas_to_anyone_else(portfolio: Portfolio) -> None:
    for row in portfolio.vouchers:
        assert re.fullmatch(rf"[{SERIES[row['tipo']]}][A-Z0-9]{{3}}", row["serie"])
        if row["tipo"] in {"01", "03"}:
            assert (row["tipo"] == "01") == (row["cliente_tipo_doc"] == "6")


def test_their_amounts_add_up_and_are_positive(portfolio: Portfolio) -> None:
    for row in portfolio.vouchers:
        columns = ("op_gravada", "op_exonerada", "op_inafecta", "igv")
        parts = [Decimal(row[column] or 0) for column in columns]
        assert sum(parts) == Decimal(row["importe"]) > 0
        assert min(parts) >= 0
        assert abs(parts[0] * 18 / 100 - parts[3]) <= Decimal("0.25")  # cents of the split


def test_every_tax_treatment_occurs(portfolio: Portfolio) -> None:
    seen = {(bool(r["op_gravada"]), bool(r["op_exonerada"]), bool(r["op_inafecta"]))
            for r in portfolio.vouchers}  # fmt: skip
    assert seen == {
        (True, False, False), (False, True, False), (False, False, True), (True, True, False)
    }  # fmt: skip


def test_notes_modify_an_earlier_voucher_of_the_same_policy(portfolio: Portfolio) -> None:
    vouchers = {voucher_key(row): row for row in portfolio.vouchers}
    notes: list[Row] = [row for row in portfolio.vouchers if row["modifica"]]
    assert {row["tipo"] for row in notes} == {"07", "08"}
    for row in portfolio.vouchers:
        assert bool(row["modifica"]) == (row["tipo"] in {"07", "08"})
        assert bool(row["motivo"]) == (row["tipo"] == "07")
    for row in notes:
        found = [vouchers[key] for key in named(row, row["modifica_tipo"], row["modifica"])
                 if key in vouchers and key[0] == row["emisor_ruc"]]  # fmt: skip
        assert [voucher["poliza"] for voucher in found] == [row["poliza"]]
        assert found[0]["serie"] == row["serie"]
        assert found[0]["fecha_emision"] <= row["fecha_emision"] <= str(TODAY)


def test_they_are_of_every_state_and_carry_a_digest(portfolio: Portfolio) -> None:
    states = {row["estado"] for row in portfolio.vouchers}
    assert states == {"EMITIDO", "ACEPTADO", "RECHAZADO", "BAJA"}
    assert all(len(b64decode(row["hash"])) == 20 for row in portfolio.vouchers)


def test_a_refused_voucher_is_issued_again(portfolio: Portfolio) -> None:
    refused = [row for row in portfolio.vouchers if row["estado"] == "RECHAZADO"]
    good = {row["id_cuota"] for row in portfolio.vouchers if row["estado"] != "RECHAZADO"}
    assert refused
    assert {row["id_cuota"] for row in refused} <= good


def test_some_cuotas_name_their_voucher_with_zeros_in_front(portfolio: Portfolio) -> None:
    texts = {row["comprobante"] for row in portfolio.installments}
    assert any(re.fullmatch(r"F001-0{4,}\d+", text) for text in texts)
    assert "F001-1" in texts
