"""Parts of pages that are drawn once: whose they are, and the tokens of the forms in them."""

import re
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from corredores.accounts.models import Brokerage, Role, User
from corredores.web.fragments import Kept
from tests import people

TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


def page_of(person: User, address: str = "installments") -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse(address)).content.decode()


def test_nobody_is_shown_a_part_drawn_for_somebody_else(a: Brokerage, b: Brokerage) -> None:
    ana = people.member(a, username="ana", first_name="Ana", last_name="Quispe")
    eva = people.member(a, username="eva", first_name="Eva", last_name="Rojas")
    beto = people.member(b, username="beto", first_name="Beto", last_name="Flores")
    support = people.staff("sofia", first_name="Sofía", last_name="Salas")
    for _ in range(2):  # drawn, then kept
        shown = {it.username: page_of(it) for it in (ana, eva, beto)} | {
            "sofia": page_of(support, "choose_brokerage")
        }
        for name in ("Ana Quispe", "Eva Rojas", "Beto Flores"):
            there = [username for username, page in shown.items() if name in page]
            assert there == [name.split()[0].lower()]
        assert ["Corredora B" in shown[name] for name in ("ana", "eva", "beto")] == [
            False, False, True,
        ]  # fmt: skip


def test_the_menus_follow_a_role_at_once(a: Brokerage) -> None:
    ana = people.member(a)
    assert reverse("management") in page_of(ana)
    ana.memberships.update(role=Role.VIEWER)
    assert reverse("management") not in page_of(ana)


def test_the_menus_follow_a_role_at_the_insurer_at_once(db: None) -> None:
    sofia = people.staff()
    assert reverse("choose_brokerage") in page_of(sofia, "account")
    sofia.staff_role = ""
    sofia.save()
    assert reverse("choose_brokerage") not in page_of(sofia, "account")


@pytest.mark.parametrize("address", ["installments", "home", "help"])
def test_each_page_has_a_token_of_its_own_in_all_its_forms(a: Brokerage, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.member(a))
    first, second = (set(TOKENS.findall(client.get(reverse(address)).content)) for _ in range(2))
    assert len(first) == len(second) == 1
    assert first != second
    assert client.post(reverse("account_logout")).status_code == 403
    token = {"csrfmiddlewaretoken": second.pop().decode()}
    assert client.post(reverse("account_logout"), token).status_code == 302


@pytest.mark.parametrize("name", ["poliza", "desde", "orden"])
def test_nobody_can_write_where_a_token_goes(a: Brokerage, name: str) -> None:
    """What was asked wrongly is shown again, as a text."""
    client = Client()
    client.force_login(people.member(a))
    for hole in ("\0token\0", "\0rows\0"):
        page = client.get(reverse("installments"), {name: hole}).content.decode()
        assert 'value="<input' not in page
        assert "</tr>" not in page.partition('id="ventanas"')[0]


def test_long_input_and_wrong_input_are_not_kept(a: Brokerage) -> None:
    client = Client()
    client.force_login(people.member(a))
    pages: Any = engines["jinja2"]
    parts = pages.env.extensions[f"{Kept.__module__}.Kept"]._parts._kept
    page_of(people.member(a, username="eva"))
    for number in range(5):
        long = {"poliza": '"' * 20_000, "desde": f"{number}x", "contratante": "x" * 20_000}
        assert client.get(reverse("installments"), long).status_code == 400
    assert max(len(part) for part in parts.values()) <= 16_000
    assert not [part for part in parts.values() if 'value="4x"' in part]
