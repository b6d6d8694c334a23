"""A search: its address, its words, its order and its pages. Rows are those of cuotas."""

from decimal import Decimal

import pytest

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.installments.listing import CUOTAS
from corredores.listings.page import Page, overrun
from tests.people import TODAY, administrator, brokerage, day, installment, search

OPEN = "desde=&hasta="


@pytest.fixture
def a(db: None) -> Brokerage:
    return brokerage("A")


@pytest.fixture
def ana(a: Brokerage) -> Viewer:
    return administrator(a)


def ids(viewer: Viewer, query: str) -> list[str]:
    with viewing(viewer):
        return [row[0] for row in search(CUOTAS, viewer, query).rows.values_list("external_id")]


def test_a_changed_address_keeps_the_rest_and_begins_at_the_first_page(ana: Viewer) -> None:
    found = search(CUOTAS, ana, "linea=VIDA&estado=PAGADA&estado=VENCIDA&hasta=&pagina=7")
    assert found.query() == "linea=VIDA&estado=PAGADA&estado=VENCIDA&hasta="
    assert found.query(orden="-importe") == f"{found.query()}&orden=-importe"
    assert found.query(estado=None, linea="SALUD") == "hasta=&linea=SALUD"
    assert (
        found.query(contratante="PEÑA & CÍA")
        == f"{found.query()}&contratante=PE%C3%91A+%26+C%C3%8DA"
    )


def test_to_take_a_default_away_is_to_open_it(ana: Viewer) -> None:
    """Left out of the address it would come back."""
    found = search(CUOTAS, ana, "moneda=PEN")
    dates, currency = sorted(found.criteria, key=lambda it: len(it.names), reverse=True)
    assert found.without(dates) == "moneda=PEN&desde=&hasta="
    assert found.without(currency) == ""


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "24/09/2026 – 24/11/2026"),
        ("desde=", "hasta 24/11/2026"),
        ("hasta=", "desde 24/09/2026"),
        ("desde=2026-01-31&hasta=2026-02-28", "31/01/2026 – 28/02/2026"),
        (OPEN, None),
    ],
)
def test_absent_empty_and_given_dates_are_three_things_in_words(
    ana: Viewer, query: str, text: str | None
) -> None:
    said = {it.label: it.text for it in search(CUOTAS, ana, query).criteria}
    assert said.get("Fecha de pago") == text


def test_totals_are_per_currency_and_count_every_page(a: Brokerage, ana: Viewer) -> None:
    for _ in range(5):
        installment(a, total="0.10")
    installment(a, total="-0.20", status="POR_DEVOLVER")
    installment(a, total="7.07", currency="USD")
    with viewing(ana):
        found = search(CUOTAS, ana, OPEN)
        assert [(it.currency, it.count, it.sums) for it in found.totals] == [
            ("PEN", 6, (Decimal("0.30"), Decimal("0.30"))),
            ("USD", 1, (Decimal("7.07"), Decimal("7.07"))),
        ]
        page = Page(found, 3)
        assert (page.count, page.pages, page.first, page.last) == (7, 3, 1, 3)


def test_nothing_found_is_one_empty_page(a: Brokerage, ana: Viewer) -> None:
    with viewing(ana):
        page = Page(search(CUOTAS, ana, OPEN), 50)
        assert (page.count, page.pages, page.first, page.last, page.body) == (0, 1, 0, 0, b"")
        assert (page.previous, page.next, page.totals) == (None, None, ())


def test_a_page_is_that_part_of_the_whole(a: Brokerage, ana: Viewer) -> None:
    for number in range(7):
        installment(a, due_on=day(number % 2), external_id=str(number))
    every = ids(ana, OPEN)
    with viewing(ana):
        for number in (1, 2, 3, 4):
            found = search(CUOTAS, ana, f"{OPEN}&pagina={number}")
            rows = found.page(number, 2, ["external_id"])
            assert [row[0] for row in rows] == every[2 * number - 2 : 2 * number]
        assert [Page(found, 2).previous, Page(found, 2).next] == [f"{OPEN}&pagina=3", None]


def test_a_page_beyond_the_last_is_said(a: Brokerage, ana: Viewer) -> None:
    installment(a)
    with viewing(ana):
        found = search(CUOTAS, ana, f"{OPEN}&pagina=2")
        problem = overrun(found, Page(found, 50))
    assert problem is not None
    assert problem.message == "La última página es la 1."


def test_the_key_decides_where_the_order_does_not_and_turns_with_it(
    a: Brokerage, ana: Viewer
) -> None:
    for name in "abc":
        installment(a, external_id=name)
    assert ids(ana, OPEN) == ["c", "b", "a"]  # newest payment first, so newest key first
    assert ids(ana, f"{OPEN}&orden=importe") == ["a", "b", "c"]


def test_what_has_no_value_comes_last_both_ways(a: Brokerage, ana: Viewer) -> None:
    installment(a, external_id="none", status="PAGADA", paid_on=TODAY)
    installment(a, external_id="late", due_on=day(-5))
    installment(a, external_id="later", due_on=day(-50))
    assert ids(ana, f"{OPEN}&orden=dias") == ["late", "later", "none"]
    assert ids(ana, f"{OPEN}&orden=-dias") == ["later", "late", "none"]


def test_names_are_sorted_as_they_are_searched(a: Brokerage, ana: Viewer) -> None:
    for name in ("Zeta", "Ñandú", "nube", "Álamo", "OSO"):
        installment(a, external_id=name, policyholder_folded=name.lower().translate(
            str.maketrans("ñáú", "nau")))  # fmt: skip
    assert ids(ana, f"{OPEN}&orden=contratante") == ["Álamo", "Ñandú", "nube", "OSO", "Zeta"]
