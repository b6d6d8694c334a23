"""Many who ask the same: what is put together once, and what each finds."""

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.installments.listing import CUOTAS
from corredores.web.questions import asked
from tests.people import TODAY, administrator, brokerage, installment, staff_viewer

OPEN = "desde=&hasta="


def test_who_asks_the_same_shares_the_question_and_never_the_answer(a: Brokerage) -> None:
    """Two people, two brokerages, one address."""
    b = brokerage("B")
    installment(a, total="1.00")
    installment(b, total="2.00")
    for viewer, sums in (
        (administrator(a), "1.00"), (staff_viewer(b), "2.00"), (administrator(b), "2.00"),
    ):  # fmt: skip
        for _again in range(2):
            with viewing(viewer):
                found = asked(CUOTAS, viewer, f"{OPEN}&pagina=1", TODAY)
                assert [str(it.sums[0]) for it in found.totals] == [sums]
    viewer = administrator(a)
    for total in ("4.00", "8.00"):
        installment(a, total=total)
        with viewing(viewer):
            found = asked(CUOTAS, viewer, OPEN, TODAY)
            assert found.totals[0].sums[0] == {"4.00": 5, "8.00": 13}[total]


def test_a_question_about_another_page_is_the_same_question(a: Brokerage, ana: Viewer) -> None:
    first, wrong, second = (
        asked(CUOTAS, ana, f"{OPEN}&pagina={page}", TODAY) for page in ("1", "x", "2")
    )
    assert [len(it.problems) for it in (first, wrong, second)] == [0, 1, 0]
    assert (first.page_number, second.page_number) == (1, 2)
