"""A refusal keeps its reader in the portal: menus around it, unless nobody can say whose."""

from typing import Any

import pytest
from django.db import connection

from corredores.accounts.models import Brokerage, Role, StaffRole
from tests import people

from .doors import browser

pytestmark = pytest.mark.django_db

MENUS = ("Estados de cuenta", "Reportes", "Mi cuenta", "Salir")


def has_menus(answer: Any) -> bool:
    page = answer.content.decode()
    found = {word in page for word in MENUS}
    assert len(found) == 1, "some of the menus only"
    return found.pop()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no-existe/", 404),
        ("/estados-de-cuenta/cuotas/987654321/", 404),
        ("/comprobantes/987654321.pdf", 404),
        ("/gestion/personas/", 404),
        ("/invitacion/gastada/", 404),
    ],
)
def test_who_is_in_finds_the_menus_around_it(a: Brokerage, address: str, status: int) -> None:
    answer = browser(people.member(a, role=Role.VIEWER)).get(address)
    assert answer.status_code == status
    assert has_menus(answer)
    assert "Corredora A" in answer.content.decode()


def test_other_refusals_have_them_too(a: Brokerage, settings: Any) -> None:
    ana = browser(people.member(a))
    settings.SEARCHES_PER_MINUTE = 1
    assert ana.get("/").status_code == 200
    braked = ana.get("/")
    assert (braked.status_code, has_menus(braked)) == (429, True)
    ana.handler.enforce_csrf_checks = True
    forged = ana.post("/corredora/cambiar/", {"brokerage": a.pk})
    assert (forged.status_code, has_menus(forged)) == (403, True)
    settings.SEARCHES_PER_MINUTE = 100
    bad = ana.get("/estados-de-cuenta/cuotas/", {str(n): n for n in range(500)})
    assert (bad.status_code, has_menus(bad)) == (413, True)


def test_staff_who_see_as_nobody_find_their_own(a: Brokerage) -> None:
    page = browser(people.staff(staff_role=StaffRole.OPERATIONS)).get("/admin/accounts/user/")
    assert page.status_code == 403
    text = page.content.decode()
    assert "Gestión" in text
    assert "Salir" in text
    assert "Reportes" not in text


def test_who_has_no_place_may_at_least_leave() -> None:
    page = browser(people.user("nadie")).get("/")
    assert page.status_code == 403
    assert "Salir" in page.content.decode()


@pytest.mark.parametrize("address", ["/no-existe/", "/invitacion/gastada/"])
def test_a_stranger_gets_the_plain_page(address: str) -> None:
    assert not has_menus(browser().get(address))


def test_where_nobody_can_say_who_it_is_the_page_is_plain(a: Brokerage) -> None:
    ana = browser(people.member(a))
    with connection.cursor() as cursor:
        cursor.execute("alter table accounts_membership rename to accounts_membership_away")
    answer = ana.get("/no-existe/")
    assert (answer.status_code, has_menus(answer)) == (404, False)
    failed = ana.get("/")
    assert (failed.status_code, has_menus(failed)) == (500, False)


def test_an_address_that_is_only_posted_to_says_so_in_our_words(a: Brokerage) -> None:
    client = browser()
    client.force_login(people.member(a))
    for address in ("/salir/", "/gestion/personas/invitar/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert "Eso no se abre así" in answer.content.decode()
