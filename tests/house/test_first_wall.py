"""The first wall: `visible_to(viewer)` is the only way to business rows; the rest raises."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.http import QueryDict
from django.shortcuts import get_list_or_404, get_object_or_404
from django.views.generic import ListView
from django_filters.filterset import filterset_factory

from corredores.accounts.scoping import Scoped, UnscopedReadError
from corredores.accounts.viewer import NOBODY, Viewer
from corredores.installments.models import Installment
from corredores.portfolio.models import Policyholder
from tests import people

from .test_second_wall import business_models, name


def filter_set(model: Any) -> Any:
    return filterset_factory(model, fields=["id"])(QueryDict()).qs


READS: dict[str, Callable[[Any], Any]] = {
    "all": lambda model: model.objects.all(),
    "filter": lambda model: model.objects.filter(pk=1),
    "exclude": lambda model: model.objects.exclude(pk=1),
    "get": lambda model: model.objects.get(pk=1),
    "count": lambda model: model.objects.count(),
    "exists": lambda model: model.objects.exists(),
    "first": lambda model: model.objects.first(),
    "values": lambda model: model.objects.values_list("pk"),
    "raw": lambda model: list(model.objects.get_queryset()),
    "in_bulk": lambda model: model.objects.in_bulk([1]),
    "update": lambda model: model.objects.update(pk=1),
    "create": lambda model: model.objects.create(),
    "iterator": lambda model: model.objects.iterator(),
    "get_object_or_404": lambda model: get_object_or_404(model, pk=1),
    "get_list_or_404": get_list_or_404,
    "a generic view": lambda model: ListView(model=model).get_queryset(),
    "a form's choice": lambda model: forms.ModelChoiceField(queryset=model.objects.all()),
    "a filter set": filter_set,
}


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("model", business_models(), ids=name)
def test_without_a_viewer_every_read_raises(model: type[models.Model], read: str) -> None:
    with pytest.raises(UnscopedReadError, match=f"{model.__name__}.objects needs a viewer"):
        READS[read](model)


@pytest.mark.parametrize("model", business_models(), ids=name)
def test_the_default_manager_is_the_one_that_raises(model: type[models.Model]) -> None:
    assert type(model._default_manager) is Scoped
    assert model._meta.base_manager_name == "everything"


def test_a_form_field_of_a_key_to_business_rows_raises() -> None:
    key = Installment._meta.get_field("policyholder")
    with pytest.raises(UnscopedReadError):
        key.formfield()


def test_nothing_leads_from_shared_rows_to_a_brokerages() -> None:
    """`brokerage.installment_set` would be everybody's door: no business key has a way back."""
    ways = [
        f"{model.__name__}.{field.name}"
        for model in business_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.related_name != "+"
    ]
    assert ways == []


def test_no_other_room_has_a_key_to_business_rows() -> None:
    ours = set(business_models())
    found = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model not in ours
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in ours
    ]
    assert found == []


def seen(viewer: Viewer) -> set[str]:
    rows = Installment.objects.visible_to(viewer)
    return set(rows.values_list("external_id", flat=True))


@pytest.mark.django_db
def test_each_sees_exactly_the_rows_of_the_brokerage_and_the_lines() -> None:
    """As the owner, whom the second wall does not stop: the first one alone."""
    a, b = people.brokerage("A"), people.brokerage("B")
    for of in (a, b):
        for line in ("GENERALES", "VIDA", "SALUD"):
            people.installment(of, line=line, external_id=f"{of.code} {line}")
    assert seen(people.administrator(a)) == {"A GENERALES", "A VIDA", "A SALUD"}
    assert seen(people.administrator(b)) == {"B GENERALES", "B VIDA", "B SALUD"}
    assert seen(people.reader(a, "VIDA")) == {"A VIDA"}
    assert seen(people.reader(b, "SALUD", "VIDA")) == {"B SALUD", "B VIDA"}
    assert seen(people.staff_viewer(a)) == {"A GENERALES", "A VIDA", "A SALUD"}
    assert seen(people.stranger()) == seen(NOBODY) == set()
    assert seen(Viewer(brokerage_id=a.pk)) == set(), "no line, no row"
    assert not Policyholder.objects.visible_to(Viewer(brokerage_id=a.pk)).exists()
    assert seen(Viewer(lines=frozenset({"VIDA"}))) == set(), "no brokerage, no row"
