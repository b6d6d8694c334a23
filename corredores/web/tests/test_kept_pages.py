"""Pages that are drawn once: who sees which, and what is new in each."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from corredores.accounts.models import Brokerage, Role
from corredores.installments.models import Installment
from corredores.web import kept_pages
from corredores.web.fragments import Shelf
from corredores.web.kept_pages import kept_page
from tests import people

OPEN = "?desde=&hasta="


def client_of(*args: Any, **fields: Any) -> Client:
    client = Client()
    client.force_login(people.member(*args, **fields))
    return client


def page(client: Client, query: str = OPEN, **headers: str) -> str:
    response = client.get(reverse("installments") + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were drawn, each time that one was."""
    templates: list[str] = []
    draw = kept_pages._drawn

    def noted(template: str, context: Mapping[str, Any]) -> Any:
        templates.append(template)
        return draw(template, context)

    monkeypatch.setattr(kept_pages, "_drawn", noted)
    monkeypatch.setattr(kept_pages, "_pages", Shelf[Any](8))
    return templates


def test_who_asks_again_is_shown_the_page_that_was_drawn(a: Brokerage, drawn: list[str]) -> None:
    people.installment(a, policyholder_name="Rosa Luna")
    client = client_of(a)
    for _ in range(3):
        assert "Rosa Luna" in page(client)
    assert drawn == ["listing/page.html"]
    for _ in range(2):
        assert "Rosa Luna" in page(client, **{"HX-Request": "true"})
    assert drawn == ["listing/page.html", "listing/results.html"]


def test_each_sees_the_own_rows_and_the_own_frame(
    a: Brokerage, b: Brokerage, drawn: list[str]
) -> None:
    """Two brokerages with the same number of cuotas and the same totals, a colleague, staff."""
    people.installment(a, policyholder_name="Rosa Luna", policyholder_doc_number="10000001")
    people.installment(b, policyholder_name="Otto Sol", policyholder_doc_number="10000002")
    seen = {
        "ana": client_of(a, username="ana", first_name="Ana"),
        "eva": client_of(a, username="eva", first_name="Evangelina", role=Role.VIEWER),
        "beto": client_of(b, username="beto", first_name="Beto"),
    }
    support = Client()
    support.force_login(people.staff("sofia", first_name="Sofía"))
    support.post(reverse("switch_brokerage"), {"brokerage": b.pk})
    seen["sofia"] = support
    expected = {
        "ana": ("Rosa Luna", "10000001", "Ana"), "eva": ("Rosa Luna", "••••0001", "Evangelina"),
        "beto": ("Otto Sol", "10000002", "Beto"),
        "sofia": ("Otto Sol", "10000002", "Ves el portal"),
    }  # fmt: skip
    for _ in range(2):
        for name, client in seen.items():
            text = page(client)
            assert all(word in text for word in expected[name]), name
            others = {it for who, words in expected.items() if who != name for it in words}
            assert [it for it in others - {*expected[name]} if it in text] == []
    assert len(drawn) == len(seen)


def test_a_row_that_changes_is_new_in_a_page_that_is_not(a: Brokerage, drawn: list[str]) -> None:
    cuota = people.installment(a, policyholder_name="Rosa Luna")
    client = client_of(a)
    assert "Rosa Luna" in page(client)
    Installment.everything.filter(pk=cuota.pk).update(policyholder_name="Rosa Luna Paz")
    assert "Rosa Luna Paz" in page(client)
    assert len(drawn) == 1


def test_a_search_that_finds_nothing_is_kept_as_well(a: Brokerage, drawn: list[str]) -> None:
    client = client_of(a)
    for _ in range(2):
        assert "Todavía no hay datos" in page(client)
    assert len(drawn) == 1


def test_pages_orders_and_filters_are_pages_of_their_own(a: Brokerage, drawn: list[str]) -> None:
    for number in range(settings.PAGE_SIZE + 1):
        people.installment(a, total=f"{number + 1}.00")
    client = client_of(a)
    queries = [OPEN, f"{OPEN}&pagina=2", f"{OPEN}&orden=importe", f"{OPEN}&orden=-importe",
               f"{OPEN}&moneda=PEN"]  # fmt: skip
    first = [page(client, query) for query in queries]
    assert len({*first}) == len(drawn) == len(queries)
    assert ["Página 2 de 2" in text for text in first] == [False, True, False, False, False]


def test_all_of_the_context_is_in_the_key(rf: RequestFactory, drawn: list[str]) -> None:
    """Whatever value is another, also one that no page of today reads."""
    request = rf.get("/")

    def shown(**context: Any) -> bytes:
        response = kept_page(request, "listing/table.html", context, b"<tr></tr>")
        return bytes(response.content)

    class Pages:
        heads = ()
        first, last, count = 1, 1, 1
        drawn_from = (1,)

    for caption in ("Cuotas", "Liquidaciones", "Cuotas"):
        assert caption.encode() in shown(page=Pages(), caption=caption)
    assert len(drawn) == 2
    shown(page=Pages(), caption="Cuotas", more=1)
    shown(page=Pages(), caption="Cuotas", others=1)
    assert len(drawn) == 4
    with pytest.raises(TypeError):
        shown(page=Pages(), caption="Cuotas", rest=["a list may change unseen"])


def test_the_cookie_against_forgeries_is_sent_once(a: Brokerage) -> None:
    client = client_of(a)
    name = settings.CSRF_COOKIE_NAME
    assert name in client.get(reverse("installments")).cookies
    assert name not in client.get(reverse("installments")).cookies
    client.cookies[name] = "not one of ours"
    assert name in client.get(reverse("installments")).cookies
