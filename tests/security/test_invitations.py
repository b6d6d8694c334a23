"""An invitation is for one address, once, for some days, and tells nobody who has an account."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from corredores.accounts.models import Invitation, Letter, Membership, Role, User
from tests import people

from .doors import browser, enter, is_in, links

pytestmark = pytest.mark.django_db

NEW = {"first_name": "Nora", "last_name": "Luz", "password": "una frase larga de nadie"}


def invite(client: Any, email: str = "nueva@example.pe", **fields: Any) -> Any:
    data = {"email": email, "role": Role.VIEWER, "lines": ["VIDA"], **fields}
    return client.post("/gestion/personas/invitar/", data)


def test_an_administrator_invites_and_the_link_makes_a_member_with_that_role_and_lines() -> None:
    a = people.brokerage("A")
    assert invite(browser(people.member(a))).status_code == 302
    (link,) = links()
    guest = browser()
    assert guest.get(link, follow=True).redirect_chain[-1][0] == "/invitacion/"
    assert guest.post("/invitacion/", NEW).status_code == 302
    assert is_in(guest)
    place = Membership.objects.get(user__username="nueva@example.pe")
    assert (place.brokerage, place.role, place.lines) == (a, Role.VIEWER, ["VIDA"])


def test_a_link_serves_once_also_in_a_browser_that_has_followed_it_before() -> None:
    invite(browser(people.member(people.brokerage("A"))))
    (link,) = links()
    first, second = browser(), browser()
    for guest in (first, second):
        guest.get(link)
    assert first.post("/invitacion/", NEW).status_code == 302
    assert second.post("/invitacion/", NEW).status_code == 404
    assert browser().get(link).status_code == 404
    assert User.objects.filter(username="nueva@example.pe").count() == 1


def test_a_link_ends_with_its_days_its_withdrawal_and_a_newer_letter() -> None:
    a = people.brokerage("A")
    administrator = browser(people.member(a))
    invite(administrator)
    (old,) = links()
    invite(administrator)
    (new,) = links()
    assert browser().get(old).status_code == 404
    assert browser().get(new).status_code == 302
    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        assert browser().get(new).status_code == 404
    pk = Invitation.objects.get().pk
    assert administrator.post(f"/gestion/invitaciones/{pk}/retirar/").status_code == 302
    assert browser().get(new).status_code == 404


def test_the_table_of_invitations_opens_no_door() -> None:
    invite(browser(people.member(people.brokerage("A"))))
    (link,) = links()
    kept = Invitation.objects.get()
    assert kept.token_hash not in link
    assert browser().get(f"/invitacion/{kept.token_hash}/").status_code == 404
    assert link.split("/")[2] not in str(list(Letter.objects.values()))


def test_the_page_that_invites_says_the_same_of_an_address_with_an_account_and_without() -> None:
    a, b = people.brokerage("A"), people.brokerage("B")
    people.member(b, username="conocida@example.pe", email="conocida@example.pe")
    administrator, said = browser(people.member(a)), []
    for email in ("conocida@example.pe", "jamas-vista@example.pe"):
        page = administrator.get(invite(administrator, email).url).content.decode()
        said.append(page[page.index("Enviamos") :].split("<")[0].replace(email, "X"))
    assert said == ["Enviamos la invitación a X."] * 2


def test_who_has_an_account_joins_only_when_signed_in_with_it() -> None:
    a, b = people.brokerage("A"), people.brokerage("B")
    known = people.member(b, username="conocida@example.pe", email="conocida@example.pe")
    invite(browser(people.member(a)), "Conocida@Example.pe")
    (link,) = links()
    somebody = browser(people.member(b))
    somebody.get(link)
    assert somebody.post("/invitacion/", NEW).status_code == 200, "asks to sign in"
    assert not Membership.objects.filter(user=known, brokerage=a).exists()
    herself = browser()
    herself.get(link)
    enter(herself, known.username)
    assert herself.post("/invitacion/").status_code == 302
    assert Membership.objects.filter(user=known, brokerage=a).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "AUDITORIA"},
        {"role": "OPERACIONES"},
        {"role": ""},
        {"lines": []},
        {"lines": ["GENERALES"]},
        {"lines": ["VIDA", "AUTOS"]},
        {"email": "a@b.pe\r\nBcc: c@d.pe"},
    ],
)
def test_nobody_gives_a_role_or_a_line_that_they_do_not_have(fields: dict[str, Any]) -> None:
    limited = people.member(people.brokerage("A"), lines=["VIDA"])
    assert invite(browser(limited), **fields).status_code == 422
    assert not Invitation.objects.exists()


def test_the_form_of_a_new_person_sets_nothing_but_name_and_password() -> None:
    b = people.brokerage("B")
    invite(browser(people.member(people.brokerage("A"))))
    (link,) = links()
    guest = browser()
    guest.get(link)
    more = {"is_staff": "on", "is_superuser": "on", "staff_role": "ADMINISTRADOR",
            "username": "root", "email": "x@y.pe", "role": Role.ADMINISTRATOR,
            "brokerage": b.pk, "lines": ["GENERALES"]}  # fmt: skip
    guest.post("/invitacion/", {**NEW, **more})
    made = User.objects.get(first_name="Nora")
    assert (made.username, made.is_staff, made.is_superuser) == ("nueva@example.pe", False, False)
    assert made.staff_role == ""
    assert [it.role for it in made.memberships.all()] == [Role.VIEWER]


@pytest.mark.parametrize(
    "password",
    ["corta", "1234567", "password", "qwertyuiop", "cuotas2026", "nueva@example.pe", "Corredores!"],
)
def test_a_password_that_everybody_tries_first_is_refused(password: str) -> None:
    invite(browser(people.member(people.brokerage("A"))))
    (link,) = links()
    guest = browser()
    guest.get(link)
    assert guest.post("/invitacion/", {**NEW, "password": password}).status_code == 200
    assert not User.objects.filter(first_name="Nora").exists()


@pytest.mark.parametrize(
    "password", ["solo minusculas", "ñandú ☂ élan vital", "x9" * 64, " a b c d e "]
)
def test_any_other_password_serves_letter_by_letter(password: str) -> None:
    """No rules of composition; 128 characters; spaces, accents and signs count."""
    invite(browser(people.member(people.brokerage("A"))))
    (link,) = links()
    guest = browser()
    guest.get(link)
    guest.post("/invitacion/", {**NEW, "password": password})
    assert is_in(guest)
    again = browser()
    enter(again, "nueva@example.pe", password)
    assert is_in(again)


def test_a_brokerage_sends_a_bounded_number_of_letters_a_day() -> None:
    client = browser(people.member(people.brokerage("A")))
    statuses = [invite(client, f"p{n}@example.pe").status_code for n in range(51)]
    assert statuses == [302] * 50 + [422]
