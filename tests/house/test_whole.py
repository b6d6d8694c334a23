"""Objects by a statement put together once are those that the ORM would give."""

import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries

from corredores.database.whole import Whole, columns_of
from corredores.vouchers.models import Voucher
from tests.people import brokerage, voucher

pytestmark = pytest.mark.django_db


def told(row: models.Model) -> dict[str, object]:
    return {name: getattr(row, name) for name in columns_of(type(row))}


def test_they_have_every_value_and_those_they_belong_to(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [voucher(brokerage(code), policy_number=code) for code in "AB"]
    find = Whole(Voucher.everything.filter(pk=-1), -1, related=("issuer", "brokerage"))
    for it in made:
        expected = Voucher.everything.select_related("issuer", "brokerage").get(pk=it.pk)
        with django_assert_num_queries(1):
            found = find.first(it.pk)
            assert found is not None
            assert told(found) == told(expected)
            assert told(found.issuer) == told(expected.issuer)
            assert told(found.brokerage) == told(expected.brokerage)


def test_each_who_asks_gets_one_of_their_own() -> None:
    made = voucher(brokerage("A"))
    find = Whole(Voucher.everything.filter(pk=-1), -1)
    first, second = find.first(made.pk), find.first(made.pk)
    assert first == second == made
    assert first is not second


def test_what_is_not_there_is_none() -> None:
    find = Whole(Voucher.everything.filter(pk=-1), -1)
    assert find.first(0) is None
    assert Whole(Voucher.everything.none()).first() is None
