"""Who administers a brokerage's people, what that reaches, and how soon it holds."""

from typing import Any

import pytest

from corredores.accounts.models import Brokerage, Membership, Role, Session, StaffRole, User
from corredores.audit.models import Action, Event
from corredores.web.person import CHOSEN
from tests import people

from .doors import browser, is_in

pytestmark = pytest.mark.django_db

LIST = "/estados-de-cuenta/cuotas/?desde=&hasta="


def place_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def change(client: Any, place: Membership, **fields: Any) -> Any:
    data = {"role": place.role, "lines": place.lines, **fields}
    return client.post(f"/gestion/personas/{place.pk}/", data)


def seen(client: Any) -> set[str]:
    """The lines of the cuotas that a browser finds."""
    found = client.get("/estados-de-cuenta/cuotas.json?desde=&hasta=")
    return {row["linea"] for row in found.json()["filas"]} if found.status_code == 200 else set()


@pytest.fixture
def two() -> tuple[Brokerage, Brokerage]:
    a, b = people.brokerage("A"), people.brokerage("B")
    for of in (a, b):
        for line in ("GENERALES", "VIDA"):
            people.installment(of, line=line)
    return a, b


def test_another_role_and_other_lines_hold_from_the_next_request(
    two: tuple[Brokerage, Brokerage],
) -> None:
    administrator, person = people.member(two[0]), people.member(two[0])
    theirs = browser(person)
    assert seen(theirs) == {"GENERALES", "VIDA"}
    assert theirs.get("/gestion/personas/").status_code == 200
    done = change(browser(administrator), place_of(person), role=Role.VIEWER, lines=["VIDA"])
    assert done.status_code == 302
    assert seen(theirs) == {"VIDA"}
    assert theirs.get("/gestion/personas/").status_code == 404


def test_who_is_removed_sees_nothing_from_the_next_request(
    two: tuple[Brokerage, Brokerage],
) -> None:
    administrator, person = browser(people.member(two[0])), people.member(two[0])
    theirs = browser(person)
    pk = place_of(person).pk
    assert administrator.post(f"/gestion/personas/{pk}/retirar/").status_code == 302
    assert theirs.get(LIST).status_code == 302
    assert not Session.objects.filter(user=person).exists()
    assert administrator.post(f"/gestion/personas/{pk}/retirar/").status_code == 404


@pytest.mark.parametrize("taken", ["place", "line", "licence", "brokerage", "person"])
def test_what_is_taken_away_is_gone_on_the_next_page_and_the_next_file(
    two: tuple[Brokerage, Brokerage], taken: str
) -> None:
    a = two[0]
    person = people.member(a, lines=["VIDA", "GENERALES"])
    client = browser(person)
    assert seen(client) == {"GENERALES", "VIDA"}
    match taken:
        case "place":
            place_of(person).delete()
        case "line":
            Membership.objects.filter(user=person).update(lines=["VIDA"])
        case "licence":
            Brokerage.objects.filter(pk=a.pk).update(lines=["VIDA"])
        case "brokerage":
            Brokerage.objects.filter(pk=a.pk).update(status=Brokerage.Status.SUSPENDED)
        case "person":
            User.objects.filter(pk=person.pk).update(is_active=False)
    assert seen(client) == ({"VIDA"} if taken in ("line", "licence") else set())
    if taken not in ("line", "licence"):
        for ending in ("xlsx", "csv", "pdf"):
            assert client.get(f"/estados-de-cuenta/cuotas.{ending}").status_code in (302, 403)


def test_the_last_administrator_stays_until_there_is_another() -> None:
    a = people.brokerage("A")
    only = people.member(a)
    people.member(a, is_active=False)
    client = browser(only)
    assert change(client, place_of(only), role=Role.VIEWER).status_code == 422
    pk = place_of(only).pk
    assert client.post(f"/gestion/personas/{pk}/retirar/").status_code == 422
    people.member(a)
    assert client.post(f"/gestion/personas/{pk}/retirar/").status_code == 302


def test_nobody_reaches_people_of_another_brokerage_by_number_or_by_field() -> None:
    a, b = people.brokerage("A"), people.brokerage("B")
    client, other = browser(people.member(a)), place_of(people.member(b, role=Role.VIEWER))
    assert change(client, other, role=Role.ADMINISTRATOR).status_code == 404
    assert client.post(f"/gestion/personas/{other.pk}/retirar/").status_code == 404
    assert client.get(f"/gestion/personas/{other.pk}/").status_code == 404
    mine = place_of(people.member(a, role=Role.VIEWER, lines=["VIDA"]))
    change(client, mine, brokerage=b.pk, user=other.user_id, is_staff="on", staff_role="SOPORTE")
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.brokerage, other.role) == (a, Role.VIEWER)
    assert not User.objects.filter(is_staff=True).exists()


def test_a_person_of_several_brokerages_works_in_one_at_a_time_and_never_in_a_third() -> None:
    a, b, c = (people.brokerage(code) for code in "ABC")
    for of in (a, b, c):
        people.installment(of, external_id=f"cuota de {of.code}")
    person = people.member(a)
    Membership.objects.create(user=person, brokerage=b, role=Role.VIEWER, lines=["GENERALES"])
    client = browser(person)

    def found() -> str:
        rows = client.get("/estados-de-cuenta/cuotas.json?desde=&hasta=").json()["filas"]
        return ",".join(row["id_cuota"] for row in rows)

    assert found() == "cuota de A"
    assert client.post("/corredora/cambiar/", {"brokerage": b.pk}).status_code == 302
    assert found() == "cuota de B"
    assert client.get("/gestion/personas/").status_code == 404, "a reader there"
    for wrong in (c.pk, 0, -1, "x", "9" * 30, ""):
        assert client.post("/corredora/cambiar/", {"brokerage": wrong}).status_code == 404
    assert found() == "cuota de B"
    Membership.objects.filter(brokerage=b).delete()
    assert found() == "cuota de A"


def test_a_session_that_names_a_brokerage_by_force_opens_none() -> None:
    a, b = people.brokerage("A"), people.brokerage("B")
    people.installment(b, line="VIDA")
    client = browser(people.member(a))
    session = client.session
    session[CHOSEN] = b.pk
    session.save()
    assert seen(client) == set()


def test_support_sees_as_a_brokerage_which_is_said_on_every_page_and_recorded() -> None:
    a = people.brokerage("A")
    people.installment(a)
    client = browser(people.staff(username="soporte"))
    assert client.get(LIST).status_code == 302
    client.post("/corredora/cambiar/", {"brokerage": a.pk})
    for address in ("/", LIST, "/reportes/", "/ayuda/"):
        assert "Ves el portal como" in client.get(address).content.decode()
    client.post("/corredora/cambiar/", {"brokerage": ""})
    client.post("/corredora/cambiar/", {"brokerage": "0"})
    assert client.get(LIST).status_code == 302
    lines = Event.objects.filter(username="soporte", action=Action.SEEN_AS).order_by("id")
    assert [it.object for it in lines] == ["Corredora A", "Corredora A"]
    search = Event.objects.get(username="soporte", action=Action.SEARCH)
    assert search.brokerage_name == "Corredora A"


@pytest.mark.parametrize("role", [StaffRole.OPERATIONS, StaffRole.AUDITOR, ""])
def test_only_support_and_administration_see_as_a_brokerage(role: str) -> None:
    a = people.brokerage("A")
    people.installment(a)
    client = browser(people.staff(staff_role=role))
    assert client.post("/corredora/cambiar/", {"brokerage": a.pk}).status_code == 404
    session = client.session
    session[CHOSEN] = a.pk
    session.save()
    assert client.get(LIST).status_code == 302
    assert seen(client) == set()


def test_a_person_deactivated_in_the_administration_is_out_at_once() -> None:
    person = people.member(people.brokerage("A"))
    theirs = browser(person)
    boss = browser(people.staff(staff_role=StaffRole.ADMINISTRATOR))
    fields = {"username": person.username, "memberships-TOTAL_FORMS": 0,
              "memberships-INITIAL_FORMS": 0}  # fmt: skip
    done = boss.post(f"/admin/accounts/user/{person.pk}/change/", fields)
    assert done.status_code == 302
    assert not is_in(theirs)
    assert Event.objects.filter(action=Action.ADMINISTERED, object__contains="persona").exists()


def test_the_administration_ends_all_sessions_of_a_person() -> None:
    person = people.member(people.brokerage("A"))
    theirs = [browser(person), browser(person)]
    boss = browser(people.staff(staff_role=StaffRole.ADMINISTRATOR))
    assert all(map(is_in, theirs))
    boss.post("/admin/accounts/user/", {"action": "end_sessions", "_selected_action": [person.pk]})
    assert not any(map(is_in, theirs))


@pytest.mark.parametrize("role", [StaffRole.OPERATIONS, StaffRole.SUPPORT, StaffRole.AUDITOR])
def test_no_other_role_of_the_insurer_makes_itself_more(role: StaffRole) -> None:
    me = people.staff(staff_role=role, is_superuser=True)
    client = browser(me)
    address = f"/admin/accounts/user/{me.pk}/change/"
    fields = {"username": me.username, "is_active": "on", "is_staff": "on",
              "staff_role": StaffRole.ADMINISTRATOR}  # fmt: skip
    assert client.post(address, fields).status_code == 403
    me.refresh_from_db()
    assert me.staff_role == role
    assert Event.objects.get(action=Action.REFUSED).object == address


def test_nobody_sets_anothers_password() -> None:
    person = people.member(people.brokerage("A"))
    boss = browser(people.staff(staff_role=StaffRole.ADMINISTRATOR))
    address = f"/admin/accounts/user/{person.pk}/password/"
    boss.post(address, {"password1": "otra frase larga", "password2": "otra frase larga"})
    person.refresh_from_db()
    assert person.check_password(people.PASSWORD)
