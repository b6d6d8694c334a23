"""The nightly rewrite: the same rows, in order, behind the same walls."""

import pytest
from django.db import connection

from corredores.database import viewing
from corredores.installments.models import Installment
from corredores.loading.kinds import INSTALLMENTS
from corredores.loading.maintaining import PAYS, drift_of, maintain
from tests import people

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 1_200


@pytest.fixture
def drifted() -> None:
    """Cuotas of two brokerages, loaded a day of both at a time instead of in order."""
    fields = [
        it for it in Installment._meta.concrete_fields if not (it.generated or it.primary_key)
    ]
    columns = [str(it.column) for it in fields]
    different = {"external_id": "t.external_id || g", "due_on": "t.due_on - (g * 37 %% 900)"}
    values = ", ".join(different.get(it, f"t.{it}") for it in columns)
    with connection.cursor() as cursor:
        cursor.execute("truncate installments_installment cascade")  # with what others left behind
        ids = [people.installment(people.brokerage(code)).pk for code in "AB"]
        cursor.execute(
            f"""insert into installments_installment ({", ".join(columns)})
                select {values} from generate_series(1, %s) g, installments_installment t
                where t.id = any (%s) order by g, t.id""",
            [ROWS, ids],
        )
        cursor.execute("vacuum analyze installments_installment")


@pytest.mark.usefixtures("drifted")
def test_a_table_that_has_drifted_is_put_in_order_with_the_same_rows() -> None:
    before = sorted(Installment.everything.values_list("pk", "external_id", "payment_date"))
    drift = drift_of(INSTALLMENTS)
    found = {it.table: it for it in maintain(rewrite_from=min(drift, PAYS))}
    assert found["installments_installment"].rewritten
    assert drift_of(INSTALLMENTS) < drift
    after = sorted(Installment.everything.values_list("pk", "external_id", "payment_date"))
    assert after == before
    assert people.installment(people.brokerage("A")).pk > max(row[0] for row in before)


@pytest.mark.usefixtures("drifted")
def test_after_the_rewrite_each_reader_sees_the_same_and_no_more() -> None:
    maintain(rewrite_from=0)
    for viewer, seen in (
        (people.administrator(people.brokerage("A")), ROWS + 1),
        (people.reader(people.brokerage("B"), "GENERALES"), ROWS + 1),
        (people.reader(people.brokerage("B"), "VIDA"), 0),
        (people.staff_viewer(people.brokerage("B")), ROWS + 1),
    ):
        with viewing(viewer), connection.cursor() as cursor:
            cursor.execute("select count(*) from installments_installment")
            assert cursor.fetchone() == (seen,)
    with viewing(people.stranger()), connection.cursor() as cursor:
        cursor.execute("select count(*) from installments_installment")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("drifted")
def test_a_table_in_order_is_left_as_it_is() -> None:
    maintain(rewrite_from=0)
    assert not any(it.rewritten for it in maintain())
