"""A session: how long it lasts, who ends it, and what its key is worth in the table."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from corredores.accounts.models import Session, User
from corredores.audit.models import Action, Event
from tests import people

from .doors import browser, enter, is_in

pytestmark = pytest.mark.django_db
COOKIE = "__Host-sesion"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


def entered(username: str = "ana", **extra: Any) -> Any:
    if not User.objects.filter(username=username).exists():
        people.user(username)
    client = browser(**extra)
    enter(client, username)
    assert is_in(client)
    return client


def test_it_ends_after_half_an_hour_without_activity(clock: Any) -> None:
    client = entered()
    clock.shift(dt.timedelta(minutes=29))
    assert is_in(client)
    clock.shift(dt.timedelta(minutes=29))
    assert is_in(client)
    clock.shift(dt.timedelta(minutes=31))
    assert not is_in(client)


def test_it_ends_after_twelve_hours_whatever_is_done(clock: Any) -> None:
    client = entered()
    for _ in range(12 * 3):
        assert is_in(client)
        clock.shift(dt.timedelta(minutes=20))
    assert not is_in(client)


def test_asking_how_long_it_lasts_is_no_activity_and_saying_so_is(clock: Any) -> None:
    client = entered()
    clock.shift(dt.timedelta(minutes=20))
    assert client.get("/sesion/").json() == {"segundos": 600}
    assert client.post("/sesion/seguir/").json() == {"segundos": 1800}
    clock.shift(dt.timedelta(minutes=31))
    assert client.get("/sesion/").json() == {"segundos": 0}


def test_signing_in_changes_the_key_so_that_a_planted_one_opens_nothing() -> None:
    victim = browser()
    people.invitation(people.brokerage("A"))
    victim.get("/ingresar/")
    victim.cookies[COOKIE] = "planted" * 5
    people.user("ana")
    enter(victim, "ana")
    assert victim.cookies[COOKIE].value != "planted" * 5
    thief = browser()
    thief.cookies[COOKIE] = "planted" * 5
    assert not is_in(thief)


def test_the_table_of_sessions_opens_no_door() -> None:
    client = entered()
    kept = Session.objects.get()
    assert client.cookies[COOKIE].value not in str(Session.objects.values_list())
    thief = browser()
    for key in (kept.session_key, kept.mark):
        thief.cookies[COOKIE] = key
        assert not is_in(thief)


def test_signing_out_ends_it_on_the_server_and_only_by_post() -> None:
    client = entered()
    kept = client.cookies[COOKIE].value
    assert client.get("/salir/").status_code == 405
    client.post("/salir/")
    thief = browser()
    thief.cookies[COOKIE] = kept
    assert not is_in(thief)
    assert Event.objects.filter(username="ana", action=Action.SIGN_OUT).exists()


def test_a_person_sees_the_own_sessions_and_ends_another(clock: Any) -> None:
    here = entered(HTTP_USER_AGENT="Mozilla/5.0 (Windows) Firefox/130.0")
    there = entered(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/605", REMOTE_ADDR="203.0.113.4")
    page = here.get("/cuenta/").content.decode()
    assert "Firefox en Windows" in page
    assert "Safari en iPhone" in page
    assert "203.0.113.4" in page
    mark = Session.objects.get(address="203.0.113.4").mark
    stranger = entered("beto")
    assert stranger.post("/cuenta/sesiones/cerrar/", {"sesion": mark}).status_code == 404
    assert here.post("/cuenta/sesiones/cerrar/", {"sesion": mark}).status_code == 302
    assert (is_in(here), is_in(there), is_in(stranger)) == (True, False, True)


def test_all_others_end_at_once() -> None:
    here, *others = (entered() for _ in range(3))
    here.post("/cuenta/sesiones/cerrar/", {"sesion": "todas"})
    assert (is_in(here), [is_in(it) for it in others]) == (True, [False, False])


def test_another_password_ends_all_others_and_is_told_by_letter() -> None:
    people.user("ana", email="ana@example.pe")
    here, there = entered(), entered()
    new = "otra frase bien larga"
    fields = {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    assert here.post("/cuenta/clave/", fields).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize("field", ["oldpassword", "password1"])
def test_a_password_is_changed_with_the_old_one_and_into_a_good_one_only(field: str) -> None:
    here = entered()
    new = "otra frase bien larga"
    fields = {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    fields |= {field: "cuotas1"} | ({"password2": "cuotas1"} if field == "password1" else {})
    assert here.post("/cuenta/clave/", fields).status_code == 200
    assert User.objects.get().check_password(people.PASSWORD)


@pytest.mark.parametrize("how", ["deactivated", "password"])
def test_it_ends_with_the_account_or_its_password_whoever_changed_it(how: str) -> None:
    client = entered()
    user = User.objects.get()
    if how == "deactivated":
        user.is_active = False
    else:
        user.set_password("otra frase bien larga")
    user.save()
    assert not is_in(client)


def test_an_htmx_call_of_an_ended_session_leads_the_whole_page_to_the_door_and_back() -> None:
    answer = browser().get(
        "/estados-de-cuenta/cuotas/?estado=VENCIDA",
        HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL="http://testserver/estados-de-cuenta/cuotas/?linea=VIDA",
    )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == (
        "/ingresar/?next=/estados-de-cuenta/cuotas/%3Flinea%3DVIDA"
    )


def test_an_htmx_call_from_another_site_is_not_led_back_there() -> None:
    answer = browser().get(
        "/estados-de-cuenta/cuotas/", HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL="https://evil.example/x",
    )  # fmt: skip
    assert "evil" not in answer.headers["HX-Redirect"]


def test_it_is_written_at_most_once_a_minute(clock: Any) -> None:
    client = entered()
    seen = Session.objects.get().seen_at
    clock.shift(dt.timedelta(seconds=50))
    is_in(client)
    assert Session.objects.get().seen_at == seen
    clock.shift(dt.timedelta(seconds=20))
    is_in(client)
    assert Session.objects.get().seen_at > seen


def test_what_others_wrote_into_the_table_is_no_session() -> None:
    """Its text is signed, and the signature is looked at although it was right a moment ago."""
    client = entered()
    session = Session.objects.get()
    text = session.session_data
    for changed in (f"A{text[1:]}", text[:-1], text.rpartition(":")[0], "", "a:b:c"):
        Session.objects.update(session_data=changed)
        assert not is_in(client), changed
    Session.objects.update(session_data=text)
    assert is_in(client)
