"""The log says what happened, and of whom nothing; the reference on a page leads to its line."""

import datetime as dt
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
import time_machine
from django.db import connection

from corredores.accounts.models import StaffRole
from tests import people

from .doors import browser, enter

pytestmark = pytest.mark.django_db

LIST = "/estados-de-cuenta/cuotas"
PERSONAL = ("QUISPE", "45678912", "ana@example.pe", "clave-secreta", "0047", "ana ", '"ana"')


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What is logged from now on, line by line, as it leaves the process."""
    written = io.StringIO()
    handler = next(it for it in logging.getLogger().handlers if _is_ours(it))
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    yield lambda: [json.loads(it) for it in written.getvalue().splitlines()]
    handler.setStream(before)


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)


def test_nothing_personal_is_logged_whatever_people_do(lines: Any) -> None:
    a = people.brokerage("A")
    holder = people.policyholder(a, "QUISPE, ROSA", doc_type="1", doc_number="45678912")
    people.installment(a, holder=holder)
    people.member(a, username="ana", email="ana@example.pe")
    client = browser()
    enter(client, "ana", "clave-secreta")
    enter(client, "ana")
    for address in (
        f"{LIST}/?contratante=QUISPE&num_doc=45678912", f"{LIST}/?poliza=0047&nada=QUISPE",
        f"{LIST}.csv?contratante=QUISPE", "/no-existe/QUISPE/45678912/", f"{LIST}/999999/",
        "/invitacion/clave-secreta/", "/clave/nueva/1-clave-secreta/",
    ):  # fmt: skip
        client.get(address, HTTP_REFERER="http://testserver/?x=QUISPE",
                   HTTP_USER_AGENT="QUISPE").getvalue()  # fmt: skip
    client.post("/clave/olvidada/", {"email": "ana@example.pe"})
    client.get("/", HTTP_HOST="QUISPE.example")
    said = json.dumps(lines(), ensure_ascii=False)
    assert said.count('"event": "request"') >= 10
    assert [word for word in PERSONAL if word in said] == []


def test_an_error_that_quotes_a_row_leaves_its_kind_and_place_only(lines: Any) -> None:
    """PostgreSQL says «Key (username)=(QUISPE) already exists»."""
    a = people.brokerage("A")
    client = browser(people.member(a, username="QUISPE"))
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event rename to audit_event_away")
    assert client.get(f"{LIST}/?contratante=QUISPE").status_code == 500
    said = lines()
    failed = next(it for it in said if it.get("error"))
    assert "ProgrammingError" in failed["error"]
    assert any("trail.py" in place for place in failed["at"])
    assert "QUISPE" not in json.dumps(said)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/no-existe/", 404), ("/admin/accounts/user/", 403), (f"{LIST}/?pagina=0&pagina=1", 400)],
)
def test_the_reference_on_a_page_is_in_the_log(lines: Any, address: str, status: int) -> None:
    client = browser(people.staff(staff_role=StaffRole.OPERATIONS))
    if status == 400:
        people.installment(people.brokerage("A"))
        client = browser(people.member(people.brokerage("A")))
    answer = client.get(address)
    assert answer.status_code == status
    shown = re.findall(r"<code>([0-9A-F]{8})</code>", answer.content.decode())
    logged = [it["reference"] for it in lines() if it["event"] == "request"]
    assert len(logged) == 1
    assert shown in ([logged[0]], []) if status == 400 else shown == [logged[0]]


@pytest.mark.parametrize("junk", ['x\r\n{"event": "forged"}', "\x1b[2J", "a\u2028b"])
def test_nobody_forges_a_line(lines: Any, junk: str) -> None:
    client = browser()
    client.get(f"/{junk}")
    client.generic(junk.encode("latin-1", "ignore").decode("latin-1"), "/")
    client.get("/", HTTP_USER_AGENT=junk)
    events = [it["event"] for it in lines()]
    assert "forged" not in events
    assert "\x1b" not in str(events)


def test_each_line_says_when_in_utc(lines: Any) -> None:
    """A clock elsewhere in the world changes nothing: times are comparable between systems."""
    moment = dt.datetime(2026, 11, 24, 22, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    with time_machine.travel(moment, tick=False):
        browser().get("/ingresar/")
    (said,) = lines()
    assert said["timestamp"].startswith("2026-11-25T03:30:00")
    assert said["timestamp"].endswith("Z")
