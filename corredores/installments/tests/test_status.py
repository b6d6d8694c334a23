"""What is derived of a cuota on a day: its state, its days, its band, the dates of the law."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.installments.ageing import BANDS, band
from corredores.installments.queries import (
    debt,
    hidden_by,
    installments_of,
    near_suspension,
    state_is,
)
from corredores.installments.status import EXPLANATIONS, LABELS, OPEN, TONES, Derived, Status
from corredores.portfolio.models import ProductTerms
from tests.people import TODAY, day, installment, paid, reader, staff_viewer, stranger

OWING = (Status.PENDING, Status.IN_PROCESS, Status.PARTIAL, Status.REJECTED)
NEEDED: dict[str, dict[str, Any]] = {
    Status.PAID: {"paid_on": TODAY, "paid": "100.00"},
    Status.PARTIAL: {"paid": "40.00", "paid_on": TODAY},
    Status.RESCHEDULED: {"replaced_by": "x"},
    Status.TO_REFUND: {"total": "-100.00"},
    Status.REFUNDED: {"total": "-100.00", "paid": "-100.00", "paid_on": TODAY},
}


def seen(viewer: Viewer, as_of: dt.date = TODAY) -> Any:
    """The only cuota there is."""
    with viewing(viewer):
        return installments_of(viewer, as_of).get()


def ids(viewer: Viewer, condition: Any, as_of: dt.date = TODAY) -> set[str]:
    with viewing(viewer):
        rows = installments_of(viewer, as_of).filter(condition)
        return set(rows.values_list("external_id", flat=True))


@pytest.mark.parametrize("status", Status)
def test_only_open_states_have_a_balance(a: Brokerage, ana: Viewer, status: Status) -> None:
    made = installment(a, status=status, **NEEDED.get(status, {}))
    made.refresh_from_db()
    owed = {Status.PARTIAL: Decimal(60), Status.TO_REFUND: Decimal(-100)}.get(status, Decimal(100))
    assert made.balance == (owed if status in OPEN else 0)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("days", [-1, 0])
def test_vencida_and_por_vencer_are_pendiente_by_its_due_date(
    a: Brokerage, ana: Viewer, status: Status, days: int
) -> None:
    """All other states stay what the core says; what is owed is found by the derived ones."""
    installment(a, external_id="it", due_on=day(days), status=status, **NEEDED.get(status, {}))
    late = Derived.OVERDUE if days else Derived.DUE
    assert seen(ana).state == (late if status == Status.PENDING else status)
    for derived in Derived:
        found = status in OWING and derived == late
        assert ids(ana, state_is(derived, TODAY)) == ({"it"} if found else set())
    assert ids(ana, state_is(status, TODAY)) == {"it"}


def test_every_state_has_a_word_a_meaning_and_a_tone() -> None:
    states = {*Status, *Derived}
    assert states == set(LABELS) == set(EXPLANATIONS) == set(TONES)


def test_nothing_of_nothing_is_owed(a: Brokerage, ana: Viewer) -> None:
    installment(a, total="0.00", due_on=day(-400))
    assert seen(ana).days_overdue is None
    assert ids(ana, state_is(Derived.OVERDUE, TODAY)) == set()


@pytest.mark.parametrize(
    ("days", "key"),
    [(-400, "POR_VENCER"), (0, "POR_VENCER"), (1, "1-30"), (30, "1-30"), (31, "31-60"),
     (60, "31-60"), (61, "61-90"), (90, "61-90"), (91, "91+"), (4000, "91+")],
)  # fmt: skip
def test_a_debt_stands_in_exactly_one_band(a: Brokerage, ana: Viewer, days: int, key: str) -> None:
    installment(a, due_on=day(-days), issued_on=day(-5000))
    paid(a, TODAY, due_on=day(-days))
    assert [name for name, *_ in BANDS if ids(ana, band(name, TODAY))] == [key]
    assert len(ids(ana, band(key, TODAY))) == 1, "what is paid stands in none"


def test_an_unknown_band_is_an_error() -> None:
    with pytest.raises(KeyError):
        band("90+", TODAY)


def test_the_law_counts_calendar_days_from_the_due_date(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=dt.date(2028, 1, 31))
    found = seen(ana)
    assert (found.suspends_on, found.extinguishes_on) == (dt.date(2028, 3, 1), dt.date(2028, 4, 30))


def test_a_product_may_have_terms_of_its_own_in_its_line_alone(a: Brokerage, ana: Viewer) -> None:
    terms = {"suspension_days": 45, "extra_days": 5, "extinction_days": 120}
    ProductTerms.objects.create(line="GENERALES", product_code="VEH", **terms)
    ProductTerms.objects.create(line="VIDA", product_code="VEH", suspension_days=1)
    installment(a, due_on=TODAY)
    found = seen(ana)
    assert (found.suspends_on, found.extinguishes_on) == (day(50), day(120))


def test_what_is_not_owed_has_no_clock(a: Brokerage, ana: Viewer) -> None:
    paid(a, TODAY, due_on=day(-60))
    found = seen(ana)
    assert (found.suspends_on, found.extinguishes_on, found.days_overdue) == (None, None, None)


def test_days_are_counted_on_the_day_that_is_asked(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=TODAY)
    assert [seen(ana, day(it)).days_overdue for it in (-10, 0, 10)] == [-10, 0, 10]
    assert seen(ana, day(1)).state == Derived.OVERDUE


@pytest.mark.parametrize(
    ("days", "near"), [(0, False), (1, False), (14, False), (15, True), (30, True), (31, False)]
)
def test_at_risk_is_overdue_and_at_most_fifteen_days_before_suspension(
    a: Brokerage, ana: Viewer, days: int, near: bool
) -> None:
    installment(a, external_id="it", due_on=day(-days))
    assert ids(ana, near_suspension(TODAY)) == ({"it"} if near else set())
    with viewing(ana):
        assert [it.at_risk for it in debt(ana, TODAY)] == [int(near)]
        assert debt(ana, TODAY, "VIDA") == []


def test_debt_is_said_per_currency_and_what_a_range_of_dates_hides(
    a: Brokerage, ana: Viewer
) -> None:
    installment(a, due_on=day(-90), total="100.10")
    installment(a, due_on=day(-10), total="200.20")
    installment(a, due_on=day(5), total="400.40")
    installment(a, due_on=day(-90), total="50.05", currency="USD", line="SALUD")
    paid(a, day(-90))
    with viewing(ana):
        soles, dollars = debt(ana, TODAY)
        assert (soles.count, soles.owed, soles.late_count, soles.late) == (
            3, Decimal("700.70"), 2, Decimal("300.30"),
        )  # fmt: skip
        assert (soles.oldest, dollars.late_count) == (day(-90), 1)
        assert hidden_by((day(-61), TODAY), ana, TODAY) == 2
        assert hidden_by((day(-61), None), ana, TODAY, "SALUD") == 1
        assert hidden_by((None, day(-90)), ana, TODAY) == 1
        assert hidden_by((None, None), ana, TODAY) == 0, "an open range hides nothing"
        assert [it.currency for it in debt(ana, TODAY, "SALUD")] == ["USD"]


def test_debt_is_ones_own(a: Brokerage, b: Brokerage) -> None:
    installment(a, line="VIDA", total="10.00")
    installment(a, total="20.00")
    installment(b, total="40.00")
    for viewer, owed in ((staff_viewer(a), 30), (reader(a), 10), (stranger(), 0)):
        with viewing(viewer):
            assert sum(it.owed for it in debt(viewer, TODAY)) == owed


def test_what_is_hidden_is_ones_own(a: Brokerage, b: Brokerage) -> None:
    for brokerage, cuotas in ((a, 2), (b, 3)):
        for _ in range(cuotas):
            installment(brokerage, due_on=day(-90))
    installment(a, due_on=day(-90), line="VIDA")
    dates = (day(-61), TODAY)
    for viewer, hidden in (
        (staff_viewer(a), 3),
        (reader(a), 1),
        (staff_viewer(b), 3),
        (stranger(), 0),
    ):
        with viewing(viewer):
            assert hidden_by(dates, viewer, TODAY) == hidden
