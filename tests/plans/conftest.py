"""A table big enough that the planner has reasons: two brokerages, made by SQL in a second."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from corredores.accounts.models import Brokerage, Membership, User
from corredores.installments.models import Installment
from corredores.portfolio.models import Policyholder
from tests import people

ROWS = 20_000  # of each brokerage
_HOLDERS = 500
_DIFFERENT = {
    "external_id": "t.external_id || '-' || g",
    "policyholder_id": "h.first + g %% {holders}",
    "policy_number": "lpad(g::text, 10, '0')",
    "voucher_number": "'F001-' || g",
    "collection_notice": "case when g %% 3 = 0 then '9' || g else '' end",
    "line": "case when g %% 4 = 0 then 'VIDA' else 'GENERALES' end",
    "settlement_number": "case when g %% 4 = 0 then 'L' || g else '' end",
    "coverage_start": "date '2026-01-01'",
    "coverage_end": "date '2026-12-31'",
    "due_on": "date '2026-11-24' - (g %% 1500)::integer + 60",
    "paid_on": "case when g %% 20 > 0 then date '2026-11-24' - (g %% 1500)::integer + 60 end",
    "status": "case when g %% 20 > 0 then 'PAGADA' else 'PENDIENTE' end",
    "paid": "case when g %% 20 > 0 then t.total else 0 end",
}


@pytest.fixture(scope="module")
def book(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Brokerage, Brokerage]]:
    """Committed, analysed and vacuumed, as after a load; taken away after the module."""
    with django_db_blocker.unblock():
        both = people.brokerage("PLAN-A"), people.brokerage("PLAN-B")
        try:
            for of in both:
                _fill(of)
            with connection.cursor() as cursor:
                for table in (Installment._meta.db_table, Policyholder._meta.db_table):
                    cursor.execute(f"vacuum (analyze) {table}")
            yield both
        finally:
            _take_away(both)


def _fill(of: Brokerage) -> None:
    first = people.installment(of, due_on=dt.date(2026, 11, 24))
    holder = first.policyholder
    with connection.cursor() as cursor:
        _copies(cursor, Policyholder, holder.pk, _HOLDERS, {
            "doc_number": "t.doc_number || g", "folded_name": "'acme ' || g", "name": "'Acme ' || g"
        })  # fmt: skip
        _copies(cursor, Installment, first.pk, ROWS, _DIFFERENT)


def _copies(cursor: Any, model: type[Any], key: int, count: int, different: dict[str, str]) -> None:
    fields = [it for it in model._meta.concrete_fields if not it.generated and not it.primary_key]
    columns = [it.column for it in fields]
    values = [different.get(column, f"t.{column}").format(holders=_HOLDERS) for column in columns]
    cursor.execute(
        f"""insert into {model._meta.db_table} ({", ".join(columns)}) select {", ".join(values)}
            from {model._meta.db_table} t, generate_series(1, %s) g,
                 (select min(id) as first from portfolio_policyholder
                  where brokerage_id in (select brokerage_id from {model._meta.db_table}
                                         where id = %s)) h
            where t.id = %s""",
        [count, key, key],
    )


def _take_away(both: tuple[Brokerage, Brokerage]) -> None:
    Installment.everything.filter(brokerage__in=both).delete()
    Policyholder.everything.filter(brokerage__in=both).delete()
    Membership.objects.filter(brokerage__in=both).delete()
    User.objects.filter(username__startswith="plan-").delete()
    Brokerage.objects.filter(pk__in=[of.pk for of in both]).delete()
