"""Totals are summed once until a load changes them, and for those alone who see the same rows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from corredores.accounts.actions import actor_of
from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.audit.actions import Entry, Source, record
from corredores.audit.listing import AUDITORIA
from corredores.audit.models import Action
from corredores.database import viewing
from corredores.database.presence import counting
from corredores.installments.listing import CUOTAS
from corredores.listings import Search
from corredores.loading.actions import load_paths
from corredores.loading.models import Outcome, Receipt
from corredores.loading.tests.files import INSTALLMENT, csv_file
from tests import people

Load = Callable[..., None]


@pytest.fixture
def load(tmp_path: Path, a: Brokerage) -> Load:
    """Load cuotas of A, each with its id and amount."""
    numbers = iter(range(100))

    def rows(**amounts: str) -> None:
        cuotas = [
            INSTALLMENT | {"id_cuota": name, "codigo_corredor": a.code, "importe": amount}
            for name, amount in amounts.items()
        ]
        (report,) = load_paths([csv_file(tmp_path / f"{next(numbers)}.csv", *cuotas)], loaded_by="")
        assert report.inserted == len(amounts), report

    return rows


def totals(viewer: Viewer, query: str = "desde=&hasta=") -> tuple[list[Any], int]:
    """Totals as a new request finds them, and the statements it asked for them."""
    with viewing(viewer), counting() as asked:
        found = people.search(CUOTAS, viewer, query).totals
    return [(it.currency, it.count, str(it.sums[0])) for it in found], asked.statements


def test_totals_are_not_summed_again_until_a_load_changes_them(ana: Viewer, load: Load) -> None:
    load(Q1="100.00")
    assert totals(ana) == ([("PEN", 1, "100.00")], 1)
    assert totals(ana) == ([("PEN", 1, "100.00")], 0)
    load(Q2="50.00")
    assert totals(ana) == ([("PEN", 2, "150.00")], 1)


def test_before_the_first_load_nothing_is_remembered(a: Brokerage, ana: Viewer) -> None:
    people.installment(a)
    assert totals(ana)[0] == [("PEN", 1, "100.00")]
    people.installment(a)
    assert totals(ana)[0] == [("PEN", 2, "200.00")]


def test_another_brokerage_a_stranger_and_another_question_are_never_answered_with_them(
    a: Brokerage, b: Brokerage, ana: Viewer, load: Load
) -> None:
    load(Q1="100.00")
    people.installment(b, total="7.00")
    assert totals(ana)[0] == [("PEN", 1, "100.00")]
    assert totals(people.administrator(b))[0] == [("PEN", 1, "7.00")]
    assert totals(people.reader(a, BusinessLine.VIDA))[0] == []
    assert totals(people.stranger())[0] == []
    assert totals(people.staff_viewer(a))[0] == [("PEN", 1, "100.00")]
    assert totals(ana, "desde=&hasta=&moneda=USD")[0] == []


def test_row_security_stands_in_what_is_remembered(
    a: Brokerage, b: Brokerage, ana: Viewer, load: Load
) -> None:
    """The same text, asked through other eyes: as if the first wall had a hole."""
    load(Q1="100.00")
    question = people.search(CUOTAS, ana, "desde=&hasta=")
    with viewing(ana):
        assert question.count == 1
    hole: Search = people.search(CUOTAS, ana, "desde=&hasta=")
    with viewing(people.administrator(b)):
        assert hole.count == 0


def test_the_trail_grows_without_loads_and_is_asked_each_time(ana: Viewer, load: Load) -> None:
    load(Q1="100.00")
    auditor = replace(ana, audits=True)

    def events() -> int:
        with viewing(auditor):
            return people.search(AUDITORIA, auditor, "desde=&hasta=").count

    before = events()
    record(actor_of(ana, Source()), Entry(Action.SEARCH, "cuotas"))
    assert events() == before + 1


def test_a_refusal_beside_a_load_does_not_hide_it(ana: Viewer, load: Load) -> None:
    """Its number may be higher than that of a load that ends later."""
    load(Q1="100.00")
    Receipt.objects.create(pk=10**9, file="mala.csv", outcome=Outcome.REFUSED)
    assert totals(ana)[0] == [("PEN", 1, "100.00")]
    load(Q2="50.00")
    assert totals(ana)[0] == [("PEN", 2, "150.00")]


def test_a_brokerage_with_cuotas_cannot_be_deleted(a: Brokerage, load: Load) -> None:
    load(Q1="100.00")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("delete from accounts_brokerage where id = %s", [a.pk])
