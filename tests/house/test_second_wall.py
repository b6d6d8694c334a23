"""The second wall: with the application's filter taken away, PostgreSQL shows no foreign row."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import NOBODY, Viewer
from corredores.database import viewing
from corredores.installments.models import InstallmentChange
from tests import people

pytestmark = pytest.mark.django_db

BUSINESS = ("portfolio", "installments", "settlements", "vouchers", "reports")
# Shared by all brokerages: who issues, and the law's days per product. No brokerage's row.
EXEMPT = {"portfolio_issuer", "portfolio_productterms"}
# A client is one, whatever lines it has; what a limited member finds of it is limited again.
WITHOUT_A_LINE = {"portfolio_policyholder"}


def business_models(*, views: bool = True) -> list[type[models.Model]]:
    return [
        model
        for room in BUSINESS
        for model in apps.get_app_config(room).get_models()
        if model._meta.db_table not in EXEMPT and (views or model._meta.managed)
    ]


def with_a_line() -> list[type[models.Model]]:
    return [model for model in business_models() if model._meta.db_table not in WITHOUT_A_LINE]


def name(model: type[models.Model]) -> str:
    return model._meta.db_table


def rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.fixture
def two() -> tuple[Brokerage, Brokerage]:
    """Two brokerages with a row in every business table and view, in every line it may have."""
    a, b = people.brokerage("A"), people.brokerage("B")
    for of in (a, b):
        for line in ("GENERALES", "VIDA", "SALUD"):
            cuota = people.installment(of, line=line)
            people.voucher(of, line=line, type="07", installment_external_id=cuota.external_id)
            InstallmentChange.everything.create(
                installment=cuota, brokerage=of, line=line, status="PENDIENTE", currency="PEN",
                due_on=people.TODAY, updated_at=people.UPDATED,
            )  # fmt: skip
        people.settlement(of)
    return a, b


def test_every_table_of_the_business_rooms_has_a_brokerage_and_forced_row_security() -> None:
    found = rows(
        """select c.relname, c.relrowsecurity, c.relforcerowsecurity,
                  exists (select from pg_attribute a where a.attrelid = c.oid
                          and a.attname = 'brokerage_id' and a.attnotnull)
           from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = 'public' and c.relkind in ('r', 'p', 'f', 'm')"""
    )
    ours = {row[0]: row[1:] for row in found if row[0].startswith(tuple(f"{r}_" for r in BUSINESS))}
    assert set(ours) == {name(model) for model in business_models(views=False)} | EXEMPT
    assert {table for table, held in ours.items() if held != (True, True, True)} == EXEMPT


def test_every_view_shows_what_its_reader_may_see_below_it() -> None:
    found = rows(
        "select relname, reloptions from pg_class where relkind = 'v' and relowner > 16383"
    )
    ours = {str(view): options or [] for view, options in found}
    assert {name(m) for m in business_models() if not m._meta.managed} <= set(ours)
    assert [view for view, options in ours.items() if "security_invoker=true" not in options] == []


def test_the_policies_are_these_and_no_other() -> None:
    found = rows(
        """select tablename, policyname, permissive, roles::text[], cmd
           from pg_policies order by 1, 2"""
    )
    expected = []
    for table in sorted(name(model) for model in business_models(views=False)):
        web = ["corredores_web", "corredores_limited"]
        expected.append((table, "brokerage", "PERMISSIVE", sorted(web), "SELECT"))
        if table not in WITHOUT_A_LINE:
            expected.append((table, "lines", "RESTRICTIVE", ["corredores_limited"], "SELECT"))
        expected.append((table, "owner_all", "PERMISSIVE", ["corredores_owner"], "ALL"))
    here = {name(model) for model in business_models(views=False)}
    assert [(*p[:3], sorted(p[3]), p[4]) for p in found if p[0] in here] == expected


@pytest.mark.parametrize("model", business_models(), ids=name)
def test_without_our_filter_a_viewer_still_reads_one_brokerage(
    model: type[models.Model], two: tuple[Brokerage, Brokerage]
) -> None:
    a, b = two
    everything: Any = model.everything  # type: ignore[attr-defined]
    whose = f"select distinct brokerage_id from {name(model)}"
    assert sorted(rows(whose)) == [(a.pk,), (b.pk,)], "there is something to hide"
    with viewing(people.administrator(a)):
        assert rows(whose) == [(a.pk,)]
        assert set(everything.values_list("brokerage_id", flat=True)) == {a.pk}
        assert not everything.filter(brokerage=b).exists()


@pytest.mark.parametrize("model", with_a_line(), ids=name)
def test_without_our_filter_a_member_of_one_line_still_reads_that_line(
    model: type[models.Model], two: tuple[Brokerage, Brokerage]
) -> None:
    a, _b = two
    which = f"select distinct brokerage_id, line from {name(model)}"
    lines = {line for of, line in rows(which) if of == a.pk}
    for line in lines:
        with viewing(people.reader(a, line)):
            assert rows(which) == [(a.pk, line)]
    with viewing(Viewer(brokerage_id=a.pk)):
        assert rows(which) == [], "no line, no row"


@pytest.mark.parametrize("model", business_models(), ids=name)
def test_who_has_no_place_reads_nothing(
    model: type[models.Model], two: tuple[Brokerage, Brokerage]
) -> None:
    for viewer in (NOBODY, people.stranger()):
        with viewing(viewer):
            assert rows(f"select 1 from {name(model)}") == []
