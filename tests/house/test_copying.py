"""Rows by COPY are the rows that the query finds, whatever is in them."""

import pytest

from corredores.accounts.models import Brokerage
from corredores.database import viewing
from corredores.database.cells import cells
from corredores.database.copying import copied
from corredores.installments.models import Installment
from tests import people

pytestmark = pytest.mark.django_db
HARD = "tab\there, line\nend, back\\slash, \\N, return\r, Ñandú «é» 漢"


def rows_of(of: Brokerage, batch: int = 2) -> list[list[str]]:
    viewer = people.administrator(of)
    with viewing(viewer):
        rows = Installment.objects.visible_to(viewer).order_by("pk")
        asked = rows.values_list("product", "total", "due_on", "paid_on", "rejection_reason")
        found = [it.decode() for piece in copied(asked, batch) for it in cells(piece)]
        return [found[start : start + 5] for start in range(0, len(found), 5)]


def test_every_row_comes_once_in_order_with_its_text_whole() -> None:
    a, b = people.brokerage("A"), people.brokerage("B")
    for number in range(5):
        people.installment(a, product=f"{number} {HARD}")
        people.installment(b)
    assert rows_of(a) == [[f"{n} {HARD}", "100.00", "2026-11-24", "", ""] for n in range(5)]


def test_what_no_medium_can_show_is_shown_as_that() -> None:
    a = people.brokerage("A")
    people.installment(a, product="x\b\f\vy")
    assert rows_of(a)[0][0] == "x\ufffd\ufffd\ufffdy"


def test_somebody_who_may_see_nothing_gets_no_rows() -> None:
    people.installment(people.brokerage("A"))
    nobody = people.stranger()
    with viewing(nobody):
        assert [*copied(Installment.objects.visible_to(nobody).values_list("pk"), 10)] == []
