"""What is derived of a settlement, and whose it is."""

import datetime as dt
from typing import Any

import pytest

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.settlements.queries import settlement_numbered, settlements_of
from tests.people import (
    TODAY,
    administrator,
    day,
    issuer,
    reader,
    settlement,
    staff_viewer,
    stranger,
)


def only(rows: Any) -> Any:
    """The only row, with what is derived of it."""
    return rows.get()


@pytest.mark.parametrize(
    ("made", "state", "days"),
    [
        ({"due_on": day(-1)}, "VENCIDA", 1),
        ({"due_on": TODAY}, "POR_VENCER", 0),
        ({"due_on": day(3)}, "POR_VENCER", -3),
        ({"due_on": day(-9), "status": "PAGADA", "paid_on": TODAY}, "PAGADA", None),
        ({"due_on": day(-9), "status": "ANULADA"}, "ANULADA", None),
        ({"due_on": day(-9), "total": "-50.00", "type": "EXCLUSION"}, "PENDIENTE", None),
    ],
)
def test_its_state_and_days_follow_from_what_is_owed(
    a: Brokerage, ana: Viewer, made: dict[str, object], state: str, days: int | None
) -> None:
    settlement(a, **made)
    with viewing(ana):
        found = only(settlements_of(ana, TODAY))
    assert (found.state, found.days_overdue) == (state, days)


@pytest.mark.parametrize(
    ("issued_on", "state"),
    [(dt.date(2017, 7, 31), "ANTIGUO"), (dt.date(2017, 8, 1), "")],
)
def test_its_voucher_is_downloadable_from_the_issuers_day_on(
    a: Brokerage, ana: Viewer, issued_on: dt.date, state: str
) -> None:
    settlement(
        a, voucher_number="F001-1", voucher_id=1, voucher_issued_on=issued_on,
        voucher_issuer_id=issuer().pk,
    )  # fmt: skip
    with viewing(ana):
        assert only(settlements_of(ana, TODAY)).voucher_state == state


def test_a_number_without_its_document_says_so(a: Brokerage, ana: Viewer) -> None:
    settlement(a, voucher_number="F001-1")
    with viewing(ana):
        assert only(settlements_of(ana, TODAY)).voucher_state == "SIN_DOCUMENTO"


def test_a_settlement_is_found_by_those_who_may_see_it_alone(a: Brokerage, b: Brokerage) -> None:
    settlement(a, number="L1")
    for viewer in (administrator(a), staff_viewer(a), reader(a, "VIDA")):
        with viewing(viewer):
            assert settlement_numbered(viewer, "L1") is not None
    for viewer in (administrator(b), reader(a, "SALUD"), stranger()):
        with viewing(viewer):
            assert settlement_numbered(viewer, "L1") is None
            assert not settlements_of(viewer, TODAY).exists()
