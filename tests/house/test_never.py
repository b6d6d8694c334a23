"""What must never be in a business table is refused by the database, whoever writes."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, models, transaction

from corredores.accounts.models import Brokerage, Membership, User
from corredores.installments.models import Installment, InstallmentChange
from corredores.portfolio.models import Policyholder, ProductTerms
from tests import people

from .test_second_wall import business_models

pytestmark = pytest.mark.django_db

Write = Callable[[Brokerage], object]


def cuota(**fields: Any) -> Write:
    return lambda of: people.installment(of, **fields)


def liquidacion(**fields: Any) -> Write:
    return lambda of: people.settlement(of, **fields)


def comprobante(**fields: Any) -> Write:
    return lambda of: people.voucher(of, **fields)


def twice(write: Write) -> Write:
    return lambda of: (write(of), write(of))


def changed(row: Installment, **fields: Any) -> object:
    return Installment.everything.filter(pk=row.pk).update(**fields)


def change_without_state(of: Brokerage) -> object:
    return InstallmentChange.everything.create(
        installment=people.installment(of), brokerage=of, line="VIDA", status="", currency="PEN",
        due_on=people.TODAY, updated_at=people.UPDATED,
    )  # fmt: skip


def holder(of: Brokerage) -> object:
    return Policyholder.everything.create(
        brokerage=of, doc_type="6", doc_number="20100070970", name="X", folded_name="x"
    )


def terms(_of: Brokerage) -> object:
    return ProductTerms.objects.create(line="VIDA", product_code="VLE")


YESTERDAY = people.day(-1)
NEVER: dict[str, Write] = {
    "one_policyholder_per_document": twice(holder),
    "one_terms_per_product": twice(terms),
    "one_installment_per_id": twice(cuota(external_id="1")),
    "installment_line_known": lambda of: changed(people.installment(of, line="VIDA"), line="AUTOS"),
    "installment_status_known": cuota(status="PERDIDA"),
    "installment_currency_known": cuota(currency="EUR"),
    "installment_number_in_count": cuota(number=13, count=12),
    "installment_paid_without_date": cuota(status="PAGADA", paid_on=None),
    "installment_void_with_payment": cuota(status="ANULADA", paid=Decimal(1)),
    "installment_rescheduled_to_nothing": cuota(status="REPROGRAMADA", replaced_by=""),
    "installment_settlement_outside_life": cuota(settlement_number="LQ-1"),
    "installment_coverage_known": cuota(line="SALUD", coverage_end=None),
    "installment_coverage_backwards": cuota(coverage_start=people.TODAY, coverage_end=YESTERDAY),
    "installment_due_in_range": cuota(due_on=dt.date(1989, 12, 31)),
    "installment_issued_in_range": cuota(issued_on=dt.date(2101, 1, 1)),
    "installment_change_has_status": change_without_state,
    "one_settlement_per_number": twice(liquidacion(number="LQ-1")),
    "settlement_is_life": liquidacion(line="SALUD"),
    "settlement_status_known": liquidacion(status="PERDIDA"),
    "settlement_type_known": liquidacion(type="OTRO"),
    "settlement_currency_known": liquidacion(currency="EUR"),
    "settlement_coverage_forwards": liquidacion(coverage_end=dt.date(2026, 10, 31)),
    "settlement_paid_without_date": liquidacion(status="PAGADA", paid_on=None),
    "one_voucher_per_number": twice(comprobante(number=1)),
    "voucher_type_known": comprobante(type="99"),
    "voucher_status_known": comprobante(status="PERDIDO"),
    "voucher_currency_known": comprobante(currency="EUR"),
    "voucher_number_positive": comprobante(number=0),
}


def constraints() -> set[str]:
    """Names of the constraints that the business models declare."""
    guarded: list[type[models.Model]] = [*business_models(), ProductTerms]
    return {constraint.name for model in guarded for constraint in model._meta.constraints}


def test_every_declared_constraint_is_tried_here() -> None:
    assert constraints() == set(NEVER)


@pytest.mark.parametrize("constraint", NEVER)
def test_it_is_refused(constraint: str) -> None:
    of = people.brokerage("A")
    people.installment(of), people.settlement(of), people.voucher(of)  # what is right, goes in
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        NEVER[constraint](of)


@pytest.mark.parametrize("amount", [Decimal("1000000000000.00"), Decimal("-1000000000000.00")])
def test_an_amount_that_does_not_fit_is_refused_not_cut(amount: Decimal) -> None:
    with pytest.raises((DataError, ArithmeticError)), transaction.atomic():
        people.installment(people.brokerage("A"), total=amount)


def test_two_issuers_may_use_the_same_number() -> None:
    of = people.brokerage("A")
    people.voucher(of, number=1)
    people.voucher(of, number=1, issuer=people.issuer("20431115825"))


def test_a_lines_list_holds_known_lines_only() -> None:
    for write in (
        lambda: people.brokerage("X", lines=["AUTOS"]),
        lambda: people.member(people.brokerage("Y"), lines=["VIDA", "AUTOS"]),
    ):
        with pytest.raises(IntegrityError, match="lines_known"), transaction.atomic():
            write()


def test_a_person_has_one_place_in_a_brokerage() -> None:
    of = people.brokerage("A")
    user = people.member(of)
    with pytest.raises(IntegrityError, match="one_place_per_brokerage"), transaction.atomic():
        Membership.objects.create(user=user, brokerage=of, role="LECTOR")


def test_a_brokerage_with_rows_cannot_be_deleted_nor_its_code_given_twice() -> None:
    of = people.brokerage("A")
    people.installment(of)
    with pytest.raises(models.ProtectedError):
        of.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Brokerage.objects.create(code="A", ruc="1", name="another")
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "payment_date", "balance"),
    [
        ({}, people.TODAY, "100.00"),
        ({"status": "PAGADA", "paid_on": YESTERDAY, "paid": "100.00"}, YESTERDAY, "0.00"),
        ({"status": "PAGO_PARCIAL", "paid_on": YESTERDAY, "paid": "40.00"}, YESTERDAY, "60.00"),
        ({"status": "ANULADA"}, people.TODAY, "0.00"),
        ({"status": "POR_DEVOLVER", "total": Decimal("-50.00")}, people.TODAY, "-50.00"),
    ],
)
def test_payment_date_and_balance_are_the_databases_own(
    fields: dict[str, Any], payment_date: dt.date, balance: str
) -> None:
    made = people.installment(people.brokerage("A"), **fields)
    made.refresh_from_db()
    assert (made.payment_date, made.balance) == (payment_date, Decimal(balance))
