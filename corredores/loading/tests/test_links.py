"""Cuotas and settlements find their vouchers, and vouchers their line, whatever comes first."""

from itertools import permutations
from typing import Any

import pytest
from django.db import transaction

from corredores.installments.models import Installment
from corredores.portfolio.models import Issuer
from corredores.settlements.models import Settlement
from corredores.vouchers.models import Voucher

from .conftest import Load
from .files import INSTALLMENT, SETTLEMENT, VOUCHER, Row

LIFE: Row = {**INSTALLMENT, "linea": "VIDA", "liquidacion": "L1"}
SETTLED: Row = {**SETTLEMENT, "comprobante_tipo": "01", "comprobante": "F001-124"}
OF_SETTLEMENT: Row = {**VOUCHER, "numero": "124", "id_cuota": "", "liquidacion": "L1"}


def _links() -> Any:
    cuota, settlement = Installment.everything.get(), Settlement.everything.get()
    vouchers = dict(Voucher.everything.values_list("number", "line"))
    named: dict[int | None, int] = dict(Voucher.everything.values_list("pk", "number"))
    return (
        (named.get(cuota.voucher_id), cuota.voucher_issued_on, cuota.voucher_count),
        (named.get(settlement.voucher_id), settlement.voucher_issued_on),
        vouchers,
    )


def test_links_are_the_same_in_whatever_order_the_files_come(load: Load) -> None:
    ends = []
    for order in permutations(((LIFE,), (SETTLED,), (VOUCHER, OF_SETTLEMENT))):
        with transaction.atomic():
            for rows in order:
                load(*rows)
            ends.append(_links())
            transaction.set_rollback(True)
    cuota, settlement, vouchers = ends[0]
    assert (cuota[0], cuota[2], settlement[0]) == (123, 1, 124)
    assert vouchers == {123: "VIDA", 124: "VIDA"}
    assert all(end == ends[0] for end in ends)


def test_the_issuer_comes_from_the_newest_voucher(load: Load) -> None:
    load(VOUCHER)
    load({**VOUCHER, "numero": "9", "emisor": "NUEVA S.A.", "emisor_direccion": "", **_later(3)})
    load({**VOUCHER, "numero": "8", "emisor": "VIEJA S.A."})
    assert Issuer.objects.values_list("name", "address").get() == ("NUEVA S.A.", "Av. Uno 1")


def test_the_same_number_of_two_issuers_is_two_vouchers(load: Load) -> None:
    report = load(VOUCHER, {**VOUCHER, "emisor_ruc": "20131312955"})
    assert (report.inserted, report.errors) == (2, [])


def test_a_note_does_not_take_the_place_of_the_invoice(load: Load) -> None:
    note = {**VOUCHER, "tipo": "07", "serie": "FC01", "numero": "1", "fecha_emision": "2026-02-01"}
    load(INSTALLMENT)
    load(VOUCHER, note)
    cuota = Installment.everything.get()
    invoice = Voucher.everything.get(type="01")
    assert (cuota.voucher_id, cuota.voucher_count) == (invoice.pk, 2)


@pytest.mark.parametrize("moved", ["voucher", "cuota"])
def test_a_voucher_of_another_brokerage_is_not_linked(load: Load, moved: str) -> None:
    load(VOUCHER)
    load(INSTALLMENT)
    assert Installment.everything.get().voucher_id
    row = VOUCHER if moved == "voucher" else INSTALLMENT
    load({**row, "codigo_corredor": "C2", **_later(5)})
    cuota = Installment.everything.get()
    assert (cuota.voucher_id, cuota.voucher_count) == (None, 0)


def test_a_voucher_that_names_only_a_policy_takes_its_line_from_there(load: Load) -> None:
    load({**VOUCHER, "id_cuota": ""})
    assert Voucher.everything.get().line == ""
    load({**INSTALLMENT, "linea": "SALUD"})
    assert Voucher.everything.get().line == "SALUD"
    load({**INSTALLMENT, "id_cuota": "Q2", "linea": "VIDA"})
    assert Voucher.everything.get().line == ""


def _later(month: int) -> Row:
    return {"actualizado_en": f"2026-{month:02}-01T10:00:00-05:00"}
