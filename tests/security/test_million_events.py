"""Who saw this person's data, asked of a trail of a million lines."""

import time

import pytest
from django.db import connection

from corredores.accounts.models import StaffRole
from corredores.audit.actions import Actor, Entry, fingerprint, record
from corredores.audit.models import Action
from corredores.web import middleware
from tests import people

from .doors import browser

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EVENTS, PERSON = 1_000_000, "45678912"


def test_who_saw_a_person_in_a_month_is_answered_in_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(middleware, "_SECONDS", 300)  # a cut would end the test's transaction
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event disable trigger user")
        cursor.execute("select coalesce(max(id), 0) from audit_event")
        first = cursor.fetchone()[0]
        cursor.execute(
            """insert into audit_event
               select n, now() - (n %% 1800) * interval '1 day', 'BUSQUEDA', n %% 500,
                      'u' || n %% 500,
                      n %% 40, 'Corredora', 'cuotas', '{"texto": "Estado: Vencida"}', 50,
                      array(select (n * 7919::bigint + k * 104729) %% 300000
                            from generate_series(1, 20) k),
                      '203.0.113.4', 'Firefox', 'AB12CD34', ''::bytea, ''::bytea
               from generate_series(%s, %s) n""",
            [first + 1, first + EVENTS],
        )
        cursor.execute("alter table audit_event enable trigger user")
        cursor.execute("update audit_head set position = %s", [first + EVENTS])
    record(Actor(7, "ana"), Entry(Action.READ, "cuota", subjects=[PERSON]))
    with connection.cursor() as cursor:
        cursor.execute(
            "alter table audit_event disable trigger user; update audit_event set subjects ="
            " subjects || %s::bigint where id %% 997 = 0;"
            " alter table audit_event enable trigger user; analyze audit_event",
            [fingerprint(PERSON)],
        )
    auditor = browser(people.staff(staff_role=StaffRole.AUDITOR))
    auditor.get("/gestion/auditoria/")  # a process's first page makes its templates
    for days in ("desde=&hasta=", "desde=2026-10-01&hasta=2026-12-31", ""):
        for ending in ("/", ".json", ".csv"):
            start = time.monotonic()
            answer = auditor.get(f"/gestion/auditoria{ending}?documento={PERSON}&{days}")
            answer.getvalue()
            taken = time.monotonic() - start
            assert answer.status_code == 200
            assert taken < 2, (days, ending, taken)
