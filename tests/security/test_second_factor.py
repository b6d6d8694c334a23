"""A second factor: a code serves once, nothing lies between the two steps, and who must, must."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from corredores.accounts import postman
from corredores.accounts.models import Letter, Role, Session, StaffRole
from corredores.audit.models import Action, Event
from tests import people
from tests.house.roles import World
from tests.house.test_matrix import TABLE, tries

from .doors import SECRET, browser, code, enter, is_in, links, with_app, with_recovery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Any:
    """A moment in the middle of a code's half minute."""
    with time_machine.travel(dt.datetime(2026, 11, 24, 17, 0, 10, tzinfo=dt.UTC), tick=False):
        yield


def second_step(username: str, given: str) -> Any:
    client = browser()
    assert enter(client, username).url.startswith("/ingresar/codigo/")
    client.post("/ingresar/codigo/", {"code": given})
    return client


def test_the_password_alone_is_not_enough() -> None:
    with_app(people.user("ana"))
    client = browser()
    enter(client, "ana")
    assert not is_in(client)
    assert is_in(second_step("ana", code()))


def test_a_code_serves_once_and_only_in_its_half_minute() -> None:
    with_app(people.user("ana"))
    now = code()
    assert is_in(second_step("ana", now))
    assert not is_in(second_step("ana", now)), "the same code again"
    for periods in (-2, -1, 1, 2):
        assert not is_in(second_step("ana", code(periods)))


def test_a_recovery_code_serves_once() -> None:
    person = with_app(people.user("ana"))
    first, second, *_rest = with_recovery(person)
    assert is_in(second_step("ana", first))
    assert not is_in(second_step("ana", first))
    assert is_in(second_step("ana", second))


def test_secrets_are_not_readable_in_the_table() -> None:
    person = with_app(people.user("ana"))
    codes = with_recovery(person)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert not any(it in kept for it in codes)


def test_between_the_two_steps_every_address_is_as_closed_as_to_nobody() -> None:
    """Generated from the matrix: what nobody gets, and no more."""
    world, client = World(), browser()
    enter(client, with_app(people.staff(staff_role=StaffRole.ADMINISTRATOR)).username)
    half, cookies = Session.objects.get(user=None), dict(client.cookies)
    wrong = []
    for name in TABLE.keys() - {"mfa_authenticate", "invitation_link", "account_logout"}:
        for example, methods in tries(name):
            address = reverse(name, kwargs=example.values(world))
            for method in {"GET", "POST"} & set(methods):
                half.save()  # some of them end what was begun
                client.cookies.update(cookies)
                status = client.generic(method, address).status_code
                if status not in (302, example.of(method, 0)):
                    wrong.append(f"{method} {address}: {status}")
                if is_in(client):
                    wrong.append(f"{method} {address}: in")
    assert not wrong, "\n".join(wrong)
    half.save()
    client.cookies.update(cookies)
    client.post("/ingresar/codigo/", {"code": code()})
    assert is_in(client), "until the end it was half a session"


REQUIRED = [
    (["COBRANZA"], {"role": Role.COLLECTOR}, True),
    (["COBRANZA"], {"role": Role.VIEWER}, False),
    (["corredora:A"], {"role": Role.VIEWER}, True),
    (["corredora:B"], {"role": Role.VIEWER}, False),
    (["PERSONAL"], {"role": Role.ADMINISTRATOR}, False),
]


@pytest.mark.parametrize(("setting", "place", "needed"), REQUIRED)
def test_who_needs_one_gets_no_page_before_it_is_there(
    settings: Any, setting: list[str], place: dict[str, Any], needed: bool
) -> None:
    settings.MFA_REQUIRED = setting
    person = people.member(people.brokerage("A"), **place)
    client = browser(person)
    for address in ("/", "/estados-de-cuenta/cuotas/", "/estados-de-cuenta/cuotas.xlsx",
                    "/reportes/", "/gestion/", "/gestion/auditoria/"):  # fmt: skip
        led = client.get(address)
        assert (getattr(led, "url", "") == "/cuenta/segundo-factor/") is needed, address
    with_app(person)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", StaffRole)
def test_the_insurers_staff_need_one_by_setting_also_in_the_administration(
    settings: Any, role: StaffRole
) -> None:
    settings.MFA_REQUIRED = ["PERSONAL"]
    person = people.staff(staff_role=role)
    client = browser(person)
    assert client.get("/admin/").status_code == 302
    assert client.get("/gestion/").url == "/cuenta/segundo-factor/"
    with_app(person)
    assert client.get("/admin/").status_code == 200


def test_adding_one_asks_again_who_it_is_and_is_told_by_letter(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(postman, "_start", lambda: None)  # its thread sees no test's transaction
    person = people.user("ana", email="ana@example.pe")
    client = browser()
    enter(client, "ana")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6), tick=False):
        led = client.get("/cuenta/segundo-factor/aplicacion/")
        assert led.url.startswith("/cuenta/confirmar/")
        client.post("/cuenta/confirmar/", {"password": people.PASSWORD})
        page = client.get("/cuenta/segundo-factor/aplicacion/")
        secret = page.content.decode().split('class="secret">')[1].split("<")[0]
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/cuenta/segundo-factor/aplicacion/", {"code": code(secret=secret)})
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert "Activaste la aplicación" in Letter.objects.filter(to="ana@example.pe").latest("pk").text
    assert Event.objects.filter(username="ana", action=Action.CREDENTIALS).exists()


def test_the_help_desk_takes_a_lost_factor_away_and_with_it_every_session() -> None:
    person = with_app(people.user("ana"))
    theirs = browser(person)
    boss = browser(people.staff(staff_role=StaffRole.ADMINISTRATOR))
    fields = {"action": "reset_second_factor", "_selected_action": [person.pk]}
    boss.post("/admin/accounts/user/", fields)
    assert not Authenticator.objects.filter(user=person).exists()
    assert not is_in(theirs)
    assert not Session.objects.filter(user=person).exists()
    assert Event.objects.filter(action=Action.CREDENTIALS, object="ana").exists()


def test_a_forgotten_password_does_not_go_around_it() -> None:
    with_app(people.user("ana", email="ana@example.pe"))
    browser().post("/clave/olvidada/", {"email": "ana@example.pe"})
    (link,) = links()
    guest, new = browser(), "otra frase bien larga"
    address = guest.get(link, follow=True).redirect_chain[-1][0]
    guest.post(address, {"password1": new, "password2": new})
    assert not is_in(guest)
    assert enter(guest, "ana", new).url.startswith("/ingresar/codigo/")
    assert not is_in(guest)
