"""The trail takes new lines and nothing else, and shows when somebody went around it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from corredores.audit.actions import Actor, Entry, Source, fingerprint, purge, record
from corredores.audit.models import Action, Event
from corredores.audit.queries import breaks, events_of, head, shown_to_somebody
from corredores.database import viewing
from corredores.database.roles import LIMITED, WEB

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Viewer:
    """As accounts makes them: who audits, and in which brokerage."""

    brokerage_id: int | None = None
    audits: bool = False
    limited_to: None = None


ANA = Actor(7, "ana", 1, "Corredora A", Source("192.0.2.7", "Firefox", "AB12"))
ALL = Viewer(audits=True)


def searched(text: str = "Estado: Vencida", subjects: tuple[str, ...] = ()) -> Entry:
    return Entry(Action.SEARCH, "cuotas", text, {"estado": ["VENCIDA"]}, 3, subjects)


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(statement: str, *values: Any) -> None:
    """As whoever owns the database could, with the triggers switched off."""
    run("alter table audit_event disable trigger user")
    run(statement, *values)
    run("alter table audit_event enable trigger user")


def backdated(days: int) -> None:
    run(
        "insert into audit_event (at, action, username, brokerage_name, object, details, subjects,"
        " address, agent, reference) values (now() - %s * interval '1 day', 'INGRESO', '', '', '',"
        " '{}', '{}', '', '', '')",
        days,
    )


def test_a_line_says_who_did_what_where_when_and_from_where() -> None:
    record(ANA, searched())
    line = Event.objects.latest("id")
    assert (line.username, line.brokerage_name, line.action) == ("ana", "Corredora A", "BUSQUEDA")
    assert (line.object, line.rows, line.address) == ("cuotas", 3, "192.0.2.7")
    assert line.details["parametros"] == {"estado": ["VENCIDA"]}
    assert timezone.now() - line.at < dt.timedelta(minutes=1)


def test_several_things_at_once_cost_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        record(ANA, searched("a"), searched("b"), searched("c"))
    assert [it.details["texto"] for it in Event.objects.order_by("-id")[:3]] == ["c", "b", "a"]


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set username = 'otro'",
        "delete from audit_event",
        "truncate audit_event",
    ],
)
def test_not_even_the_owner_changes_a_line(statement: str) -> None:
    record(ANA, searched())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)


@pytest.mark.parametrize("role", [WEB, LIMITED])
@pytest.mark.parametrize(
    "statement",
    [
        "select * from audit_event",
        "update audit_event set rows = 0",
        "delete from audit_event",
        "truncate audit_event",
        "select * from audit_head",
        "update audit_head set position = 0",
        "select audit_purge(now())",
        "insert into audit_event (at) values (now())",
        "insert into audit_event (hash) values ('')",
    ],
)
def test_the_web_only_appends(role: str, statement: str) -> None:
    with transaction.atomic():
        run("select set_config('role', %s, true)", role)
        record(ANA, searched())
    with transaction.atomic():
        run("select set_config('role', %s, true)", role)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(statement)


def test_a_chain_left_alone_holds() -> None:
    record(ANA, searched(), searched())
    record(ANA, searched(subjects=("20100000001", "45678912")))
    assert breaks() == []
    assert head()[0] == Event.objects.latest("id").pk


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update audit_event set username = 'otro' where id = %s", "changed"),
        ("update audit_event set at = at - interval '1 day' where id = %s", "changed"),
        ("delete from audit_event where id = %s", "gap"),
    ],
)
def test_a_line_changed_or_taken_away_behind_the_triggers_is_found(
    change: str, reason: str
) -> None:
    record(ANA, *[searched()] * 5)
    middle = head()[0] - 2
    tamper(change, middle)
    assert [(it.position - middle, it.reason) for it in breaks()] in (
        [[(0, reason)], [(1, reason)]]
    )


def test_the_newest_lines_are_missed_too() -> None:
    record(ANA, *[searched()] * 5)
    tamper("delete from audit_event where id > %s", head()[0] - 2)
    assert [it.reason for it in breaks()] == ["end missing"]


def test_a_line_with_a_hash_of_its_own_does_not_fit_the_next() -> None:
    record(ANA, *[searched()] * 3)
    middle = head()[0] - 1
    tamper("update audit_event set username = 'otro' where id = %s", middle)
    tamper("update audit_event e set hash = audit_digest(e) where id = %s", middle)
    assert [(it.position, it.reason) for it in breaks()] == [(middle + 1, "unlinked")]


def test_a_purge_takes_the_oldest_leaves_a_chain_that_holds_and_is_itself_a_line() -> None:
    backdated(900)
    backdated(800)
    record(ANA, searched())
    kept = Event.objects.latest("id").pk
    assert purge(timezone.now() - dt.timedelta(days=730)) >= 2
    assert Event.objects.earliest("id").pk == kept
    assert Event.objects.latest("id").action == Action.PURGED
    assert breaks() == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run("delete from audit_event")


def test_a_purge_of_nothing_writes_nothing() -> None:
    record(ANA, searched())
    before = head()
    assert purge(timezone.now() - dt.timedelta(days=3650)) == 0
    assert head() == before


def test_who_saw_a_person_is_found_without_the_trail_being_a_list_of_persons() -> None:
    record(ANA, searched(subjects=("45678912", "20100000001")), searched(subjects=("40000000",)))
    found = Event.objects.filter(shown_to_somebody(" 45678912 "))
    assert [it.username for it in found] == ["ana"]
    assert "45678912" not in str([it.subjects for it in found])


def test_fingerprints_depend_on_the_installation() -> None:
    assert fingerprint("45678912", "a") != fingerprint("45678912", "b")


def test_control_characters_forge_no_second_line() -> None:
    forged = Actor(source=Source(agent="x\r\n\x1b[2Jy" + "z" * 500))
    record(forged, Entry(Action.REFUSED, "a\nb\x00", "c\x00d"))
    line = Event.objects.latest("id")
    assert (line.object, line.agent[:10]) == ("a\ufffdb\ufffd", "x\ufffd\ufffd\ufffd[2Jyzz")


def test_only_an_auditor_reads_and_a_brokerage_reads_its_own() -> None:
    record(ANA, searched())
    record(Actor(8, "beto", 2, "Corredora B"), searched())
    for viewer, seen in (
        (ALL, {"ana", "beto"}),
        (Viewer(brokerage_id=1, audits=True), {"ana"}),
        (Viewer(brokerage_id=3, audits=True), set()),
        (Viewer(brokerage_id=1), set()),
        (Viewer(), set()),
    ):
        assert {it.username for it in events_of(viewer)} & {"ana", "beto"} == seen


def test_the_database_alone_keeps_a_brokerage_to_its_own_trail() -> None:
    record(ANA, searched())
    record(Actor(8, "beto", 2, "Corredora B"), searched())
    with viewing(Viewer(brokerage_id=1, audits=True)):
        assert {it.username for it in Event.objects.all()} == {"ana"}
    with viewing(ALL):
        assert {"ana", "beto"} <= {it.username for it in Event.objects.all()}
