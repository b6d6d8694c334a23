"""What people do on pages is in the trail, and who saw a person is found there."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from corredores.accounts.models import Brokerage, Role, StaffRole
from corredores.audit.models import Action, Event
from corredores.installments.models import Installment
from corredores.vouchers.models import Voucher
from tests import people

from .doors import browser, enter

pytestmark = pytest.mark.django_db

LIST = "/estados-de-cuenta/cuotas"
DNI = "45678912"


@pytest.fixture
def a() -> Brokerage:
    """A brokerage with a cuota, a settlement and a voucher of the person with DNI."""
    of = people.brokerage("A")
    holder = people.policyholder(of, "QUISPE, ROSA", doc_type="1", doc_number=DNI)
    people.installment(of, holder=holder, external_id="C1")
    people.settlement(of, holder=holder, number="LQ-7")
    people.voucher(of, holder=holder, series="F001", number=7)
    people.installment(of, holder=people.policyholder(of, "OTRA", doc_number="40000001"),
                       external_id="C2", due_on=people.day(-90))  # fmt: skip
    return of


def last() -> Event:
    return Event.objects.latest("id")


def pk_of(of: Brokerage, model: str) -> int:
    kind: Any = {"Installment": Installment, "Voucher": Voucher}[model]
    return int(kind.everything.filter(brokerage=of).earliest("pk").pk)


def acts(of: Brokerage) -> dict[str, tuple[str, Action, str]]:
    """What a person may do: the address, its line, and the object named there."""
    return {
        "search": (f"{LIST}/?contratante=quispe&desde=&hasta=", Action.SEARCH, "cuotas"),
        "page as data": (f"{LIST}.json?desde=&hasta=", Action.EXPORT, "cuotas.json"),
        "xlsx": (f"{LIST}.xlsx?desde=&hasta=", Action.EXPORT, "cuotas.xlsx"),
        "csv": (f"{LIST}.csv?desde=&hasta=", Action.EXPORT, "cuotas.csv"),
        "pdf": (f"{LIST}.pdf?desde=&hasta=", Action.EXPORT, "cuotas.pdf"),
        "cuota": (f"{LIST}/{pk_of(of, 'Installment')}/", Action.READ, "cuota C1"),
        "voucher": (f"/comprobantes/{pk_of(of, 'Voucher')}.pdf", Action.PAPER,
                    "comprobante F001-7"),
        "settlement": ("/liquidaciones/LQ-7.pdf", Action.PAPER, "liquidación LQ-7"),
    }  # fmt: skip


ACTS = ("search", "page as data", "xlsx", "csv", "pdf", "cuota", "voucher", "settlement")


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_a_line_that_says_who_what_where_from_and_whose_data(
    a: Brokerage, act: str
) -> None:
    address, action, what = acts(a)[act]
    ana = people.member(a, username="ana")
    answer = browser(ana, HTTP_USER_AGENT="Firefox").get(address, REMOTE_ADDR="203.0.113.4")
    answer.getvalue()
    line = last()
    assert (line.action, line.username, line.brokerage_name) == (action, "ana", "Corredora A")
    assert what in line.object
    assert (line.address, line.agent, len(line.reference)) == ("203.0.113.4", "Firefox", 8)
    auditor = browser(people.staff(staff_role=StaffRole.AUDITOR))
    page = auditor.get(f"/gestion/auditoria.json?documento={DNI}").json()
    assert [row["usuario"] for row in page["filas"]] == ["ana"]
    nobody = auditor.get("/gestion/auditoria.json?documento=11111111").json()
    assert nobody["filas"] == []


def test_a_search_that_did_not_show_a_person_is_not_among_who_saw_them(a: Brokerage) -> None:
    client = browser(people.member(a))
    client.get(f"{LIST}/?contratante=otra&desde=&hasta=")
    line = last()
    assert line.rows == 1
    assert line.details["parametros"]["contratante"] == ["otra"]
    auditor = browser(people.staff(staff_role=StaffRole.AUDITOR))
    assert auditor.get(f"/gestion/auditoria.json?documento={DNI}").json()["filas"] == []


def test_a_refusal_is_a_line_with_the_address_that_was_tried(a: Brokerage) -> None:
    stranger = people.member(people.brokerage("B"), username="beto")
    address = f"{LIST}/{pk_of(a, 'Installment')}/"
    assert browser(stranger).get(address).status_code == 404
    line = last()
    assert (line.action, line.username, line.object) == (Action.REFUSED, "beto", address)


def test_signing_in_out_and_failing_are_lines(a: Brokerage) -> None:
    people.member(a, username="ana")
    client = browser()
    enter(client, "ana", "no es esta")
    enter(client, "ana")
    client.post("/salir/")
    lines = Event.objects.filter(username="ana").order_by("id").values_list("action", flat=True)
    assert list(lines) == [Action.SIGN_IN_FAILED, Action.SIGN_IN, Action.SIGN_OUT]


def test_changes_of_people_are_lines(a: Brokerage) -> None:
    client = browser(people.member(a, username="ana"))
    place = people.member(a, username="beto", role=Role.VIEWER).memberships.get()
    fields = {"role": Role.COLLECTOR, "lines": ["VIDA"]}
    client.post(f"/gestion/personas/{place.pk}/", fields)
    assert (last().action, last().object) == (Action.CHANGED_PERSON, "beto")
    assert last().details["texto"].endswith("a Cobranza (Vida)")
    client.post("/gestion/personas/invitar/", {"email": "x@y.pe", **fields})
    assert (last().action, last().object) == (Action.INVITED, "x@y.pe")
    client.post(f"/gestion/personas/{place.pk}/retirar/")
    assert (last().action, last().object) == (Action.REMOVED, "beto")


def test_reading_the_trail_is_itself_a_line(a: Brokerage) -> None:
    auditor = browser(people.staff(username="elsa", staff_role=StaffRole.AUDITOR))
    auditor.get("/gestion/auditoria/?usuario=ana")
    assert (last().action, last().username) == (Action.AUDITED, "elsa")
    assert last().details["parametros"] == {"usuario": ["ana"]}


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf", "json"])
def test_a_brokerage_reads_and_exports_its_own_trail_and_no_other(
    a: Brokerage, ending: str
) -> None:
    b = people.brokerage("B")
    mine, other = people.member(a, username="ana"), people.member(b, username="beto")
    for person in (mine, other):
        browser(person).get(f"{LIST}/")
    found = browser(mine).get(f"/gestion/auditoria.{ending}")
    body = found.getvalue()
    assert found.status_code == 200
    if ending in ("csv", "json"):
        assert b"ana" in body
        assert b"beto" not in body
        assert b"Corredora B" not in body


def test_what_cannot_be_recorded_is_not_shown(a: Brokerage, monkeypatch: Any) -> None:
    """The trail's table refuses (here: gone read-only), and the page fails closed."""
    client = browser(people.member(a))
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event rename to audit_event_away")
        answer = client.get(f"{LIST}/?desde=&hasta=")
    assert answer.status_code == 500
    assert "QUISPE" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lines", [["GENERALES", "VIDA", "SALUD"], ["GENERALES"]])
def test_the_line_comes_with_the_commit_of_what_was_read(a: Brokerage, lines: list[str]) -> None:
    """For every role that the database reads as: the line is there once the page is."""
    client = browser(people.member(a, role=Role.VIEWER, lines=lines))
    for ending, action in {"/": Action.SEARCH, ".csv": Action.EXPORT}.items():
        answer = client.get(f"{LIST}{ending}?desde=&hasta=")
        assert (answer.status_code, last().action, last().brokerage_id) == (200, action, a.pk)
        answer.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", ["/", ".xlsx", ".pdf"])
def test_what_the_commit_does_not_record_is_not_sent(a: Brokerage, ending: str) -> None:
    """Nothing of it leaves, and a file gives its place back."""
    client, address = browser(people.member(a)), f"{LIST}{ending}?desde=&hasta="
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event rename to audit_event_away")
        try:
            for _ in range(settings.EXPORTS_AT_ONCE + 1):
                answer = client.get(address)
                assert answer.status_code == 500
                assert "QUISPE" not in answer.content.decode()
        finally:
            cursor.execute("alter table audit_event_away rename to audit_event")
    answer = client.get(address)
    assert answer.status_code == 200
    answer.close()


@pytest.mark.parametrize("ending", ["/", ".csv", ".json"])
def test_a_viewer_without_the_right_reads_masked_documents_everywhere(
    a: Brokerage, ending: str
) -> None:
    address = f"{LIST}{ending}?desde=&hasta="
    masked = browser(people.member(a, role=Role.VIEWER)).get(address).getvalue().decode()
    whole = browser(people.member(a, role=Role.COLLECTOR)).get(address).getvalue().decode()
    assert (DNI in masked, "••••8912" in masked, DNI in whole) == (False, True, True)


def test_the_page_of_a_cuota_masks_it_too(a: Brokerage) -> None:
    address = f"{LIST}/{pk_of(a, 'Installment')}/"
    page = browser(people.member(a, role=Role.VIEWER)).get(address).content.decode()
    assert DNI not in page
    assert "••••8912" in page
