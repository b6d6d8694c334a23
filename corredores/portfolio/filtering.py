"""Filters that the lists of several business rooms share."""

import datetime as dt
from calendar import monthrange
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django_filters.fields import ChoiceField

from corredores.accounts.business_line import BusinessLine
from corredores.listings import ListingFilters
from corredores.listings.filters import Groups, text_field

from .currency import Currency
from .documents import DocumentType
from .numbers import begins_with_any_zeros
from .queries import policyholders_named

DEFAULT_MONTHS = 2
YES_NO = (("si", "Sí"), ("no", "No"))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months before, clamped to that month's end (30 Apr → 28/29 Feb)."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def two_months_before(today: dt.date) -> dt.date:
    return months_before(today, DEFAULT_MONTHS)


def same_day(today: dt.date) -> dt.date:
    return today


def choice(label: str, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    """One of a few; nothing chosen means all."""
    said = {"invalid_choice": "Elige una de las opciones de la lista."}
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label="Cualquiera", error_messages=said, **options
    )


def yes_no(label: str, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=YES_NO, empty_label="Da igual", method=method
    )


class PolicyFilters(ListingFilters):
    """What every list of a policy's documents can be searched by."""

    contratante = text_field("Contratante", method="by_policyholder")
    tipo_doc = choice("Tipo de documento", DocumentType.choices, field_name="policyholder_doc_type")
    num_doc = text_field("Nº de documento", method="by_document")
    poliza = text_field("Nº de póliza", method="by_policy")
    producto = text_field("Producto", method="by_product")
    moneda = choice("Moneda", Currency.choices, field_name="currency")

    groups: ClassVar[Groups] = (
        ("Contratante", ("contratante", "tipo_doc", "num_doc")),
        ("Póliza", ("poliza", "producto", "moneda")),
    )

    def by_policyholder(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(policyholder__in=policyholders_named(self.reader, value))

    def by_document(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(policyholder_doc_number=value.strip().upper())

    def by_policy(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(begins_with_any_zeros("policy_number", value))

    def by_product(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        by_code = rows.filter(product_code=value.upper())
        return by_code | rows.filter(product__icontains=value)


def only_lines_of(reader: Any, field: forms.Field) -> None:
    """Offer the business lines that the reader may see, and no other."""
    assert isinstance(field, ChoiceField)  # noqa: S101 - a mistake of ours, not of a user
    field.empty_label = "Todas"
    field.choices = [
        (value, label) for value, label in BusinessLine.choices if value in reader.lines
    ]
