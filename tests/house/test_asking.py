"""`ask`: the short way to the database says, refuses and leaves behind what a cursor does."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, OperationalError, connection, transaction
from django.db.models import DateTimeField, Value
from django.db.transaction import TransactionManagementError
from django.db.utils import DataError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from corredores.accounts.models import Brokerage
from corredores.database.cells import values_of
from corredores.database.postgresql.base import DatabaseWrapper, connection_to
from corredores.database.presence import counting
from corredores.database.statement import Statement
from tests import people

# A value of each type that a list has, and one of the others.
TYPED = """select 1::bigint, 1.50::numeric, date '2026-11-24', true, 'á', null,
                  timestamptz '2026-11-24 08:00:00.5-05', array['a','b'], '{"k": 1}'::jsonb"""
NASTY = ["", "'", "''; drop table accounts_user; --", "\\", "\\'", "%s", "%", "\x1f0\x1f", "ñ€😀"]


@pytest.fixture
def link(db: None) -> DatabaseWrapper:
    return connection_to(DEFAULT_DB_ALIAS)


def test_values_are_those_of_a_cursor(link: DatabaseWrapper) -> None:
    with link.cursor() as cursor:
        cursor.execute(TYPED)
        assert link.ask(TYPED) == cursor.fetchall()
    (row,) = link.ask(TYPED)
    assert row[1:4] == (Decimal("1.50"), dt.date(2026, 11, 24), True)
    assert row[6].utcoffset() == dt.timedelta(0)


def test_in_a_line_every_value_is_as_postgresql_writes_it(link: DatabaseWrapper) -> None:
    (line,) = link.lines(TYPED)
    assert values_of(line) == ("1", "1.50", "2026-11-24", "t", "á", None,
                               "2026-11-24 13:00:00.5+00", "{a,b}", '{"k": 1}')  # fmt: skip


@pytest.mark.parametrize("text", [*NASTY, "\\N", "a\tb\nc\rd", "\\\t", None])
def test_no_value_ends_its_place_in_a_line(link: DatabaseWrapper, text: str | None) -> None:
    (literal,) = link.literals([text])
    (line,) = link.lines(f"select {literal}::text, 1, {literal}::text")
    assert values_of(line) == (text, "1", text)


@pytest.mark.parametrize("text", NASTY)
def test_no_value_ends_its_literal(link: DatabaseWrapper, text: str) -> None:
    (literal,) = link.literals([text])
    assert link.ask(f"select {literal}::text") == [(text,)]
    people.brokerage("A", name="Una")
    found = Statement(Brokerage.objects.filter(name="?").values_list("code"), "?")
    assert found.fetch(text) == []
    assert len(found.fetch("Una")) == 1


def test_each_slot_takes_its_own_value_whatever_the_order_in_the_text(db: None) -> None:
    people.brokerage("A", name="Una", ruc="20100000001")
    rows = Brokerage.objects.filter(name="n", ruc="r").annotate(
        at=Value(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), output_field=DateTimeField())
    )
    moment = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    slots = ("r", "n", dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    statement = Statement(rows.values_list("ruc", "at"), *slots)
    assert statement.fetch("20100000001", "Una", moment) == [("20100000001", moment)]
    assert statement.fetch("Una", "20100000001", moment) == []
    with pytest.raises(TypeError, match="3 values"):
        statement.fetch("Una")
    with pytest.raises(TypeError, match="3 values"):
        statement.texts()


@pytest.mark.parametrize(("text", "error"), [
    ("select nothing_of_that_name", ProgrammingError),
    ("select '1'::date", DataError),
    ("insert into accounts_brokerage default values", IntegrityError),
])  # fmt: skip
def test_what_the_server_refuses_is_an_error_of_django(
    link: DatabaseWrapper, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error), transaction.atomic():
        link.ask(text)
    assert link.ask("select 1") == [(1,)]


def test_lines_that_fill_more_than_one_packet_are_all_there(link: DatabaseWrapper) -> None:
    many = "select n, repeat('ñ', 5000), pg_sleep(0.02) is null from generate_series(1, 40) n"
    lines = link.lines(many)
    assert [values_of(line)[0] for line in lines] == [str(n) for n in range(1, 41)]
    assert {values_of(line)[1] for line in lines} == {"ñ" * 5000}
    assert link.lines("select 1 where false") == []


def test_an_error_among_the_lines_is_an_error_of_django(link: DatabaseWrapper) -> None:
    for seconds in (0, 0.1):  # at once, and while we wait for more
        failing = f"""select repeat('x', 20000), 1 / (n < 3 or pg_sleep({seconds}) is null)::int
                      from generate_series(1, 5) n"""
        with pytest.raises(DataError), transaction.atomic():
            link.lines(failing)
        assert link.lines("select 1") == [b"1\n"]


@pytest.mark.django_db(transaction=True)
def test_after_an_error_a_transaction_asks_nothing_more() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    with transaction.atomic():
        with pytest.raises(ProgrammingError), transaction.atomic(savepoint=False):
            link.ask("select nothing_of_that_name")
        for ask in (link.ask, link.ask_last):
            with pytest.raises(TransactionManagementError):
                ask("select 1")
    assert link.ask("select 1") == [(1,)]


def test_djangos_hooks_hear_of_it(link: DatabaseWrapper) -> None:
    with counting() as asked, CaptureQueriesContext(connection) as logged:
        link.ask("select 17")
        link.lines("select 18")
    assert asked.statements == 2
    assert [it["sql"] for it in logged] == ["select 17", "copy (select 18) to stdout"]
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        CaptureQueriesContext(connection) as logged,
    ):
        link.ask("select nothing_of_that_name")
    assert "select nothing_of_that_name" in [it["sql"] for it in logged]


def committed(code: str) -> bool:
    """Whether another connection sees a brokerage."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select count(*) from accounts_brokerage where code = %s", [code])
            row: Any = cursor.fetchone()
            return bool(row[0])
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_it_and_ends_as_one() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    Brokerage.objects.create(code="C1", ruc="20100000001", name="Una")
    done: list[str] = []
    with transaction.atomic():
        link.ask("update accounts_brokerage set code = 'C2'")
        transaction.on_commit(lambda: done.append("after"))
        assert (committed("C1"), committed("C2"), done) == (True, False, [])
    assert (committed("C1"), committed("C2"), done) == (False, True, ["after"])
    assert link.ask("select code from accounts_brokerage") == [("C2",)]


@pytest.mark.django_db(transaction=True)
def test_what_is_given_up_is_undone_and_an_empty_transaction_is_none() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    Brokerage.objects.create(code="C1", ruc="20100000001", name="Una")

    def given_up() -> None:
        with transaction.atomic():
            link.ask("update accounts_brokerage set code = 'C3'")
            raise LookupError

    with pytest.raises(LookupError):
        given_up()
    with transaction.atomic():
        pass
    assert not link.in_transaction
    assert committed("C1")


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_last_travels_with_the_commit() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    Brokerage.objects.create(code="C1", ruc="20100000001", name="Una")
    with counting() as asked, transaction.atomic():
        link.ask_last("update accounts_brokerage set code = 'C2'")
        assert link.ask("select code from accounts_brokerage") == [("C1",)]
    assert (committed("C1"), committed("C2"), asked.statements) == (False, True, 2)
    with transaction.atomic():  # alone in its transaction
        link.ask_last("update accounts_brokerage set code = 'C3'")
    assert committed("C3")
    link.ask_last("update accounts_brokerage set code = 'C4'")  # outside of any: at once
    assert committed("C4")


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_last_shares_the_fate_of_its_transaction() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    Brokerage.objects.create(code="C1", ruc="20100000001", name="Una")

    for with_connection in (False, True):
        with suppress(LookupError), transaction.atomic():
            link.ask_last("update accounts_brokerage set code = 'C2'")
            if with_connection:
                link.close()
            raise LookupError
        with transaction.atomic():  # nothing of the one before is left
            link.ask("select 1")
        assert committed("C1")
    with transaction.atomic(), suppress(LookupError), transaction.atomic():  # a savepoint
        link.ask_last("update accounts_brokerage set code = 'C2'")
        raise LookupError
    assert committed("C1")


@pytest.mark.django_db(transaction=True)
def test_a_last_question_that_fails_undoes_its_transaction() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)

    def changed() -> None:
        with transaction.atomic():
            Brokerage.objects.create(code="C1", ruc="20100000001", name="Una")
            link.ask_last("select nothing_of_that_name")

    with pytest.raises(ProgrammingError):
        changed()
    assert not link.in_transaction
    assert not Brokerage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_only_the_commit_refuses_is_said_too() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    with pytest.raises(IntegrityError), transaction.atomic():  # the key is checked at the end
        link.ask("""insert into accounts_membership (user_id, brokerage_id, role, lines)
                    values (-1, -1, 'LECTOR', '{VIDA}')""")
    assert link.ask("select count(*) from accounts_membership") == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hangs_up_is_an_operational_error_and_the_next_request_connects() -> None:
    link = connection_to(DEFAULT_DB_ALIAS)
    (row,) = link.ask("select pg_backend_pid()")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", list(row))
    other.close()
    with pytest.raises(OperationalError):
        link.ask("select 1")
    link.close_if_unusable_or_obsolete()
    assert link.lines("select 1") == [b"1\n"]


@pytest.mark.django_db(transaction=True)
def test_days_are_read_whatever_style_the_role_prefers() -> None:
    other = connection.copy()
    other.settings_dict["OPTIONS"] = {**other.settings_dict["OPTIONS"],
                                      "options": "-c datestyle=SQL,DMY"}  # fmt: skip
    try:
        assert isinstance(other, DatabaseWrapper)
        assert other.ask("select date '2026-11-24'") == [(dt.date(2026, 11, 24),)]
        assert other.lines("select date '2026-11-24'") == [b"2026-11-24\n"]
    finally:
        other.close()


def test_a_text_that_no_statement_can_hold_is_an_error_of_django(link: DatabaseWrapper) -> None:
    with pytest.raises(DataError):
        link.literals(["a\0b"])
