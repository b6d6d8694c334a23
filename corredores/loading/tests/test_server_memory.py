"""What the database's server keeps for a statement of a load does not grow with the rows."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from corredores.database.dsn import as_user
from corredores.loading.reports import FileReport

from .conftest import Load
from .files import INSTALLMENT, SETTLEMENT, VOUCHER, Row
from .interruptions import this_database

_ROWS = 1_000
_LATER = {"actualizado_en": "2026-03-01T10:00:00-05:00"}
# MB. Where PostgreSQL 18 finds nothing to generate, it keeps 2 to 5 kB of each row.
_MOST = {"installments_installment": 3, "settlements_settlement": 3, "vouchers_voucher": 1}


def many(row: Row, **named: str) -> list[Row]:
    """Rows that differ in what is named; `{}` in a value stands for the row's number."""
    return [
        {**row, **{key: value.format(n) for key, value in named.items()}}
        for n in range(1, _ROWS + 1)
    ]


CUOTAS = many({**INSTALLMENT, "linea": "VIDA"}, id_cuota="Q{}")
SETTLEMENTS = many(SETTLEMENT, numero="L{}")
VOUCHERS = many(VOUCHER, numero="{}", id_cuota="Q{}", liquidacion="L{}")


# Only a superuser may look into the memory of the server.
_LOOK = """
create function public.look() returns trigger language plpgsql security definer as $$
begin
    insert into pg_temp.kept select tg_relid::regclass::text, sum(total_bytes)
    from pg_backend_memory_contexts where name = 'ExecutorState';
    return null;
end $$"""


@pytest.fixture
def look(django_db_setup: None) -> Iterator[None]:
    """Before the test's transaction, and gone after it."""
    with psycopg.connect(as_user(this_database(), "postgres"), autocommit=True) as link:
        link.execute("set lock_timeout = '10s'")
        link.execute(_LOOK)
        yield
        link.execute("drop function public.look()")


@pytest.fixture
def kept(look: None, brokerages: None) -> Iterator[None]:
    """Holds the server to little memory at the end of each statement that changed rows."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table kept (changed text, bytes bigint)")
        cursor.execute("grant insert on kept to public")
        for table in _MOST:
            cursor.execute(f"create trigger look after update on {table} execute function look()")
        yield
        cursor.execute("select changed, max(bytes) from kept group by 1")
        most = dict(cursor.fetchall())
    assert set(most) == set(_MOST)
    assert all(most[table] < limit * 1e6 for table, limit in _MOST.items()), most


@pytest.mark.usefixtures("kept")
def test_a_load_that_changes_many_rows_keeps_little_of_each(load: Load) -> None:
    def loaded(rows: list[Row]) -> FileReport:
        report = load(*rows)
        assert report.errors == []
        return report

    for rows in (VOUCHERS, CUOTAS, SETTLEMENTS):  # lines of vouchers come with the cuotas
        loaded(rows)
    changed = [{**row, "fecha_emision": "2026-01-20", **_LATER} for row in VOUCHERS]
    assert loaded(changed).updated == _ROWS  # and what led to them is linked again
    for rows in (CUOTAS, SETTLEMENTS):
        assert loaded([{**row, **_LATER} for row in rows]).updated == _ROWS
