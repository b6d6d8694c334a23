"""The door: one answer for every failure, one brake for every way, and nobody locked out."""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils import timezone
from django.utils.http import int_to_base36

from corredores.accounts import brakes
from corredores.accounts.models import Failure, Letter, StaffRole, User
from corredores.audit.models import Action, Event
from tests import people

from .doors import ELSEWHERE, browser, code, enter, is_in, links, with_app

pytestmark = pytest.mark.django_db

RIGHT, WRONG = people.PASSWORD, "no es esta"


def text_of(answer: Any, *secrets: str) -> str:
    """A page without what was typed into it and without its tokens and nonces."""
    text = answer.content.decode()
    for secret in secrets:
        text = text.replace(secret, "")
    return " ".join(part.split("<")[0] for part in text.split(">"))


def test_who_is_unknown_inactive_or_wrong_gets_the_same_page_and_status() -> None:
    people.user("ana"), people.user("ines", is_active=False)
    people.user("sin", password="!")
    answers = [
        enter(browser(), name, word)
        for name, word in (
            ("ana", WRONG), ("nadie", RIGHT), ("ines", RIGHT), ("ines", WRONG), ("sin", RIGHT),
        )
    ]  # fmt: skip
    assert {it.status_code for it in answers} == {200}
    assert len({text_of(it, "ana", "nadie", "ines", "sin") for it in answers}) == 1
    assert not any("sessionid" in it.cookies for it in answers)


def middle(attempt: Callable[[], Any], times: int = 9) -> float:
    """Milliseconds of an attempt, of the processor alone: the median of several."""
    taken = []
    for _ in range(times):
        start = time.thread_time()
        attempt()
        taken.append((time.thread_time() - start) * 1000)
    return statistics.median(taken)


@pytest.mark.usefixtures("real_hashes")
def test_who_is_unknown_takes_as_long_as_who_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brakes, "PER_ACCOUNT_AND_SOURCE", 10**6)
    people.user("ana"), people.user("ines", is_active=False)
    client = browser()
    enter(client, "ana", WRONG)
    times = {name: middle(lambda n=name: enter(client, n, WRONG))  # type: ignore[misc]
             for name in ("ana", "ines", "nadie")}  # fmt: skip
    assert max(times.values()) < 1.5 * min(times.values()), times


def test_a_forgotten_password_is_asked_for_with_the_same_words_and_work_for_everybody(
    django_assert_num_queries: Any,
) -> None:
    people.user("ana", email="ana@example.pe")
    client, said = browser(), []
    for email in ("ana@example.pe", "nadie@example.pe"):
        with django_assert_num_queries(4):
            answer = client.post("/clave/olvidada/", {"email": email})
        said.append(text_of(answer, email))
    assert said[0] == said[1]
    assert len(links()) == 1, "a letter for who has an account only"
    assert not Letter.objects.filter(sent_at=None).exists()


def test_a_reset_link_serves_once_for_an_hour_and_ends_every_session() -> None:
    person = people.user("ana", email="ana@example.pe")
    elsewhere = browser(person)
    browser().post("/clave/olvidada/", {"email": "ANA@example.pe"})
    (link,) = links()
    guest, new = browser(), "otra frase bien larga"
    form = guest.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    assert link not in address, "the secret leaves the address at once"
    assert guest.post(address, {"password1": new, "password2": new}).status_code == 302
    assert not is_in(elsewhere)
    assert not is_in(guest), "a new password is no sign-in: the second factor still stands"
    enter(guest, "ana", new)
    assert is_in(guest)
    assert "ya no sirve" in browser().get(link, follow=True).content.decode()
    letter = Letter.objects.latest("pk")
    assert (letter.to, "contraseña nueva" in letter.text) == ("ana@example.pe", True)


def test_a_reset_link_is_dead_after_an_hour_and_says_nothing_of_accounts() -> None:
    person = people.user("ana", email="ana@example.pe")
    token = default_token_generator.make_token(person)
    link = f"/clave/nueva/{int_to_base36(person.pk)}-{token}/"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61), tick=False):
        late = browser().get(link, follow=True)
    invented = browser().get(f"/clave/nueva/zzzz-{token}/", follow=True)
    assert text_of(late) == text_of(invented)
    assert "ya no sirve" in late.content.decode()


def test_a_letter_leads_to_the_portal_whatever_host_was_asked(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.pe"]
    people.user("ana", email="ana@example.pe")
    poisoned = browser().post(
        "/clave/olvidada/", {"email": "ana@example.pe"}, HTTP_HOST="evil.example"
    )
    assert poisoned.status_code == 400
    settings.PUBLIC_URL = "https://portal.example.pe"
    browser().post("/clave/olvidada/", {"email": "ana@example.pe"}, HTTP_HOST="portal.example.pe",
                   HTTP_X_FORWARDED_HOST="evil.example")  # fmt: skip
    assert [it.base for it in Letter.objects.all()] == ["https://portal.example.pe"]


def test_ten_wrong_tries_of_an_account_from_one_place_stop_also_the_right_one() -> None:
    people.user("ana"), people.user("otra")
    client = browser()
    assert [enter(client, "ana", WRONG).status_code for _ in range(11)] == [200] * 10 + [429]
    answer = enter(client, "ANA ", RIGHT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert enter(client, "otra").status_code == 302, "another account from there goes on"
    assert enter(browser(), "ana", REMOTE_ADDR=ELSEWHERE).status_code == 302, "so does she"
    assert Event.objects.filter(action=Action.SIGN_IN_FAILED, username="ana").count() == 10
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        assert enter(client, "ana").status_code == 302


def test_a_hundred_wrong_tries_from_one_place_stop_every_account_from_there() -> None:
    people.user("ana")
    for n in range(brakes.PER_SOURCE):
        brakes.failed(f"alguien{n}", "203.0.113.5")
    assert enter(browser(), "ana", REMOTE_ADDR="203.0.113.5").status_code == 429
    assert enter(browser(), "ana", REMOTE_ADDR="203.0.113.6").status_code == 302


def test_fifty_wrong_tries_from_everywhere_stop_strangers_but_not_the_persons_own_browser() -> None:
    people.user("ana")
    known = browser()
    enter(known, "ana")
    known.post("/salir/")
    for n in range(brakes.PER_ACCOUNT):
        brakes.failed("ana", f"203.0.113.{n}")
    assert enter(browser(), "ana", REMOTE_ADDR=ELSEWHERE).status_code == 429
    assert enter(known, "ana").status_code == 302
    forged = browser()
    forged.cookies["__Host-equipo"] = known.cookies["__Host-equipo"].value[:-3] + "abc"
    assert enter(forged, "ana", REMOTE_ADDR=ELSEWHERE).status_code == 429


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_FOR": "203.0.113.{}"},
        {"HTTP_FORWARDED": "for=203.0.113.{}"},
        {"HTTP_X_REAL_IP": "203.0.113.{}"},
        {"HTTP_CLIENT_IP": "203.0.113.{}"},
    ],
)
def test_a_forged_address_is_not_believed(headers: dict[str, str]) -> None:
    people.user("ana")
    for n in range(10):
        enter(browser(), "ana", WRONG, **{k: v.format(n) for k, v in headers.items()})
    last = enter(browser(), "ana", **{k: v.format(99) for k, v in headers.items()})
    assert last.status_code == 429
    assert {it.source for it in Failure.objects.all()} == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("remote", "chain", "source"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "basura", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.7", "10.0.0.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_a_trusted_proxy_is_believed_and_only_its_last_word(
    settings: Any, remote: str, chain: str, source: str
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    enter(browser(), "ana", WRONG, REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=chain)
    assert Failure.objects.get().source == source


@pytest.mark.parametrize(("remote", "secure"), [("10.0.0.1", True), ("192.0.2.1", False)])
def test_only_a_trusted_proxy_says_that_a_request_came_over_https(
    settings: Any, remote: str, secure: bool
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    answer = browser().get("/ingresar/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_PROTO="https")
    assert ("Strict-Transport-Security" in answer.headers) is secure


def test_the_door_of_the_administration_is_the_same_door() -> None:
    boss = people.staff(username="jefa", staff_role=StaffRole.ADMINISTRATOR)
    client = browser()
    led = client.post("/admin/login/", {"username": boss.username, "password": RIGHT})
    assert led.url.startswith("/ingresar/?next=")
    assert not is_in(client)
    for _ in range(10):
        enter(client, "jefa", WRONG)
    assert enter(client, "jefa").status_code == 429
    assert client.post("/admin/login/", {"username": "jefa", "password": RIGHT}).status_code == 302
    assert not is_in(client)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/cuenta/confirmar/", {"password": WRONG}),
        ("/cuenta/clave/", {"oldpassword": WRONG, "password1": "x" * 20, "password2": "x" * 20}),
    ],
)
def test_a_stolen_session_guesses_the_password_no_faster(
    address: str, fields: dict[str, str]
) -> None:
    client = browser(people.user("ana"))
    assert [client.post(address, fields).status_code for _ in range(11)] == [200] * 10 + [429]


def test_a_code_is_guessed_no_faster_than_a_password() -> None:
    with_app(people.user("ana"))
    client = browser()
    enter(client, "ana")
    tries = [client.post("/ingresar/codigo/", {"code": "000000"}).status_code for _ in range(11)]
    assert tries == [200] * 10 + [429]
    assert client.post("/ingresar/codigo/", {"code": code()}).status_code == 429
    assert not is_in(client)


def test_links_of_invitations_are_guessed_no_faster() -> None:
    client = browser()
    tries = [client.get(f"/invitacion/{n}/").status_code for n in range(11)]
    assert tries == [404] * 10 + [429]


def test_what_is_typed_as_a_name_is_kept_nowhere() -> None:
    enter(browser(), "mi-clave-secreta-1", WRONG)
    kept = str(list(Event.objects.values())) + str(list(Failure.objects.values()))
    assert "mi-clave" not in kept


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
     "https:evil.example", "///evil.example", "\thttps://evil.example", "http://testserver@evil.pe"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(target: str) -> None:
    people.user("ana")
    client = browser()
    fields = {"login": "ana", "password": RIGHT, "next": target}
    assert client.post("/ingresar/", fields).url == "/"
    again = client.get("/ingresar/", {"next": target})
    assert again.url == "/"


def test_signing_in_leads_back_to_where_the_person_wanted_to_go() -> None:
    people.user("ana")
    fields = {"login": "ana", "password": RIGHT, "next": "/cuenta/?x=1"}
    assert browser().post("/ingresar/", fields).url == "/cuenta/?x=1"


def test_nobody_signs_up_by_themselves() -> None:
    for address in ("/signup/", "/accounts/signup/", "/registrarse/", "/cuenta/crear/"):
        assert browser().get(address).status_code == 404
    assert not User.objects.exists()


def test_two_doors_of_the_second_step_know_the_brake_too(client: Client) -> None:
    person = with_app(people.user("ana"))
    client.force_login(person)
    address = "/cuenta/confirmar/codigo/"
    tries = [client.post(address, {"code": "000000"}).status_code for _ in range(11)]
    assert tries[-1] == 429
