"""The plans stand as designed, behind row security: indexes answer, nothing sorts a brokerage."""

import pytest

from corredores.accounts.models import Brokerage, Role
from corredores.accounts.viewer import Viewer, viewer_of
from tests import people

from .conftest import ROWS
from .reading import BIG, explained, indexes, plans, sorted_rows, whole_table_scans

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.django_db]
Book = tuple[Brokerage, Brokerage]
OPEN_DATES = "desde=&hasta="
BY_INDEX = {
    "poliza=4712": "installment_policy",
    "contratante=acme+47": "installment_policyholder",
    "comprobante=F001-4712": "installment_voucher",
    "liquidacion=L4712": "installment_settlement",
    "aviso=94716": "installment_notice",
    "estado=VENCIDA": "installment_open",
    "estado=POR_VENCER": "installment_open",
    "en_riesgo=si": "installment_open",
}


@pytest.fixture
def whole(book: Book) -> Viewer:
    """Reads every line: the web's role."""
    return viewer_of(people.member(book[0], username="plan-a"), book[0].pk)


@pytest.fixture
def limited(book: Book) -> Viewer:
    """Reads Life only: the limited role, with the restrictive policy."""
    person = people.member(book[0], role=Role.VIEWER, lines=["VIDA"], username="plan-l")
    return viewer_of(person, book[0].pk)


@pytest.fixture(params=["whole", "limited"])
def viewer(request: pytest.FixtureRequest) -> Viewer:
    found: Viewer = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("query", ["", OPEN_DATES, "linea=VIDA", "estado=PAGADA", "moneda=PEN"])
def test_totals_are_answered_by_the_covering_index_alone(viewer: Viewer, query: str) -> None:
    totals, _rows = plans(viewer, query)
    scans = [it for it in totals if "Scan" in it["Node Type"] and "Index Name" in it]
    assert {(it["Node Type"], it["Index Name"]) for it in scans} == {
        ("Index Only Scan", "installment_search")
    }


@pytest.mark.parametrize("query", ["", OPEN_DATES, f"{OPEN_DATES}&pagina=50", "orden=fecha_pago"])
def test_the_default_order_sorts_one_page_at_most(viewer: Viewer, query: str) -> None:
    _totals, rows = plans(viewer, query)
    assert "installment_search" in indexes(rows)
    assert sorted_rows(rows) <= 50
    assert whole_table_scans(rows) == []


@pytest.mark.parametrize(("query", "index"), BY_INDEX.items())
def test_a_filter_that_has_an_index_reads_by_it(viewer: Viewer, query: str, index: str) -> None:
    for nodes in plans(viewer, f"{OPEN_DATES}&{query}"):
        assert whole_table_scans(nodes) == []
        assert index in indexes(nodes)


def test_a_search_by_name_reads_only_the_cuotas_that_it_shows(viewer: Viewer) -> None:
    totals, rows = plans(viewer, f"{OPEN_DATES}&contratante=acme")
    for nodes in (totals, rows):
        named = [it for it in nodes if it.get("Index Name") == "installment_policyholder"]
        assert {it["Node Type"] for it in named} == {"Index Only Scan"}


def test_a_plan_without_an_index_would_be_found() -> None:
    """Else the tests above could not fail."""
    nodes = [*explained(f"select id from {BIG} where branch = %s order by id", ["Lima"])]
    assert whole_table_scans(nodes) != []
    assert sorted_rows([*explained(f"select id from {BIG} order by branch", [])]) > ROWS
