"""`viewing(scope)`: one transaction, nothing of it left behind."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError

from corredores.database import viewing
from tests import people

Settings = tuple[str, str, str, str]
CLEAN: Settings = ("", "", "none", "0")


def settings() -> Settings:
    """Brokerage, lines, role and time limit as PostgreSQL has them now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select coalesce(current_setting('corredores.brokerage', true), ''),
                      coalesce(current_setting('corredores.lines', true), ''),
                      current_setting('role'), current_setting('statement_timeout')"""
        )
        row = cursor.fetchone()
    assert row is not None
    return row[0], row[1], row[2], row[3]


def seen() -> list[int]:
    """Whose cuotas a query without any filter reads."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct brokerage_id from installments_installment order by 1")
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True)
class Looking:
    """Whose rows, as `viewing` asks for it."""

    brokerage_id: int | None
    limited_to: tuple[str, ...] | None = None
    audits: bool = False


WHOLE, LIFE = Looking(7), Looking(8, ("VIDA",))


@pytest.mark.django_db
def test_it_tells_the_database_who_looks_and_how_long_a_statement_may_take() -> None:
    with viewing(WHOLE):
        assert settings() == ("7", "", "corredores_web", "10s")
    with viewing(LIFE, timeout="120s"):
        assert settings() == ("8", "{VIDA}", "corredores_limited", "2min")


@pytest.mark.django_db
def test_one_inside_another_puts_back_what_was() -> None:
    with viewing(WHOLE):
        with viewing(LIFE):
            assert settings()[:3] == ("8", "{VIDA}", "corredores_limited")
        assert settings() == ("7", "", "corredores_web", "10s")
    assert settings() == CLEAN


@pytest.mark.django_db
def test_after_an_error_inside_another_what_was_is_back() -> None:
    with viewing(WHOLE):
        with pytest.raises(ZeroDivisionError), viewing(LIFE):
            raise ZeroDivisionError
        assert settings() == ("7", "", "corredores_web", "10s")
    assert settings() == CLEAN


@pytest.mark.django_db
def test_after_an_error_of_the_database_itself_what_was_is_back() -> None:
    with viewing(WHOLE):
        with pytest.raises(OperationalError), viewing(LIFE, timeout="20ms"):
            connection.cursor().execute("select pg_sleep(5)")
        assert settings() == ("7", "", "corredores_web", "10s")


@pytest.mark.django_db(transaction=True)
def test_outermost_it_is_its_own_transaction_and_leaves_the_connection_clean() -> None:
    with viewing(LIFE):
        inside = connection.in_atomic_block
    assert (inside, connection.in_atomic_block) == (True, False)
    assert settings() == CLEAN
    with pytest.raises(ZeroDivisionError), viewing(LIFE):
        raise ZeroDivisionError
    assert settings() == CLEAN


@pytest.mark.django_db(transaction=True)
def test_a_stream_reads_inside_its_own_and_never_anything_outside() -> None:
    a, b = people.brokerage("A"), people.brokerage("B")
    for of in (a, b):
        people.installment(of)

    def stream(looking: Looking) -> Iterator[list[int]]:
        with viewing(looking):
            yield seen()
            yield seen()

    pieces = stream(Looking(a.pk))
    assert next(pieces) == [a.pk]
    assert settings()[0] == str(a.pk), "open as long as it streams"
    assert list(pieces) == [[a.pk]]
    assert settings() == CLEAN
    assert seen() == [a.pk, b.pk], "the owner, as before"


@pytest.mark.django_db(transaction=True)
def test_a_stream_given_up_half_way_leaves_the_connection_clean() -> None:
    def stream() -> Iterator[Settings]:
        with viewing(WHOLE):
            yield settings()
            yield settings()

    pieces = stream()
    assert next(pieces) != CLEAN
    pieces.close()  # type: ignore[attr-defined] # a generator: the server does this for a client gone
    assert settings() == CLEAN
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_an_iterator_used_after_its_viewing_fails_and_is_never_another_answer() -> None:
    with viewing(WHOLE):
        late = ContentType.objects.iterator(chunk_size=1)
        next(late)
    with pytest.raises(ProgrammingError, match="does not exist"):
        list(late)
