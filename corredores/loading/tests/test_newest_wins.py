"""The newest `actualizado_en` wins, in whatever order and however often the files come."""

from itertools import permutations
from typing import Any

import pytest
from django.db import connection, transaction

from corredores.installments.models import Installment, InstallmentChange
from corredores.loading.models import Outcome, Receipt
from corredores.portfolio.models import Policyholder

from .conftest import Load
from .files import INSTALLMENT, SETTLEMENT, VOUCHER, Row

FIRST = INSTALLMENT
SECOND: Row = {
    **INSTALLMENT, "estado": "PAGO_PARCIAL", "pagado": "21.54",
    "contratante": "PEÑA ASOCIADOS", "contratante_correo": "",
    "actualizado_en": "2026-02-01T10:00:00-05:00",
}  # fmt: skip
THIRD: Row = {
    **INSTALLMENT, "estado": "PAGADA", "pagado": "121.54", "fecha_pago": "2026-02-04",
    "contratante": "PEÑA & HIJOS", "contratante_correo": "nuevo@example.com",
    "codigo_corredor": "C2", "actualizado_en": "2026-02-04T20:00:00-05:00",
}  # fmt: skip


def _state() -> Any:
    leave = ("id", "policyholder_id")
    rows = [
        {key: value for key, value in row.items() if key not in leave}
        for row in Installment.everything.values()
    ]
    history = InstallmentChange.everything.order_by("updated_at")
    people = Policyholder.everything.order_by("brokerage__code")
    return (
        rows,
        list(history.values_list("status", "paid", "updated_at", "brokerage__code")),
        list(people.values_list("brokerage__code", "name", "folded_name", "email")),
    )


def test_three_files_in_all_orders_end_the_same(load: Load) -> None:
    ends = []
    for order in permutations((FIRST, SECOND, THIRD)):
        with transaction.atomic():
            for row in order:
                load(row)
            ends.append(_state())
            transaction.set_rollback(True)
    assert ends[0][0][0]["status"] == "PAGADA"
    assert [entry[0] for entry in ends[0][1]] == ["PENDIENTE", "PAGO_PARCIAL"]
    for end in ends[1:]:
        assert end[:2] == ends[0][:2]


def test_older_rows_are_counted_and_leave_the_row_alone(load: Load) -> None:
    load(SECOND)
    report = load(FIRST)
    assert (report.stale, report.updated) == (1, 0)
    assert Installment.everything.get().status == "PAGO_PARCIAL"


def test_unchanged_rows_are_not_touched(load: Load) -> None:
    load(FIRST, {**FIRST, "id_cuota": "Q2"})
    before = _versions()
    report = load(FIRST, {**FIRST, "id_cuota": "Q2", "importe": "120", **_later(3)})
    assert (report.unchanged, report.updated) == (1, 1)
    assert _versions()["Q1"] == before["Q1"]
    assert _versions()["Q2"] != before["Q2"]


def test_the_same_content_again_is_known_at_once(load: Load) -> None:
    load(FIRST)
    report = load(FIRST)
    assert (report.rows, report.unchanged, report.inserted) == (1, 1, 0)
    assert Receipt.objects.latest("pk").outcome == Outcome.UNCHANGED


@pytest.mark.parametrize("other", [{"importe": "121.50"}, {"producto": "Autos"}])
def test_two_contents_of_the_same_moment_end_the_same_in_both_orders(
    load: Load, other: Row
) -> None:
    ends = []
    for order in permutations((FIRST, {**FIRST, **other})):
        with transaction.atomic():
            for row in order:
                load(row)
            ends.append(_state()[0])
            transaction.set_rollback(True)
    assert ends[0] == ends[1]


def test_a_cuota_that_moves_takes_its_history_along(load: Load) -> None:
    load(FIRST)
    load(SECOND)
    load(THIRD)
    assert Installment.everything.get().brokerage.code == "C2"
    assert set(InstallmentChange.everything.values_list("brokerage__code")) == {("C2",)}


def test_padding_and_blanks_and_decomposed_accents_are_the_same_row(load: Load) -> None:
    load(FIRST)
    same = {**FIRST, "comprobante": "f001-123", "importe": "121.54", "igv": " 18.54 "}
    report = load({**same, "contratante": "  MUN\u0303OZ & PEN\u0303A S.A.C."})
    assert (report.unchanged, report.errors) == (1, [])


def test_the_newest_name_of_a_policyholder_wins_and_no_email_erases_none(load: Load) -> None:
    load(FIRST)
    load(SECOND)
    person = Policyholder.everything.get()
    assert (person.name, person.folded_name) == ("PEÑA ASOCIADOS", "pena asociados")
    assert person.email == "pagos@example.com"
    load({**SETTLEMENT, "contratante": "PEÑA LTDA", **_later(9)})
    assert Policyholder.everything.get().name == "PEÑA LTDA"


def test_a_voucher_takes_the_newest_state(load: Load) -> None:
    load(VOUCHER)
    load({**VOUCHER, "estado": "BAJA", **_later(2)})
    report = load({**VOUCHER, "descripcion": "otra"})
    assert report.stale == 1


def _later(month: int) -> Row:
    return {"actualizado_en": f"2026-{month:02}-01T10:00:00-05:00"}


def _versions() -> dict[str, Any]:
    """Where each row version lies: another place, or another writer, means it was written."""
    with connection.cursor() as cursor:
        cursor.execute("select external_id, xmin::text, ctid::text from installments_installment")
        return {row[0]: row[1:] for row in cursor.fetchall()}
