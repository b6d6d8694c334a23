"""The parameters that reports share. Each report's own stand beside its declaration."""

import datetime as dt
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q, QuerySet

from corredores.installments.channels import PaymentChannel
from corredores.installments.constraints import FIRST_DAY, LAST_DAY
from corredores.installments.queries import OWED
from corredores.listings import ListingFilters
from corredores.listings.filters import date_field, text_field
from corredores.portfolio.currency import Currency
from corredores.portfolio.filtering import choice, same_day, two_months_before
from corredores.portfolio.queries import policyholders_named


class AsOf(ListingFilters):
    """`corte`: the day to which the report refers; absent or empty, today."""

    corte = date_field(
        "Fecha de corte",
        method="on_that_day",
        validators=[
            MinValueValidator(FIRST_DAY, f"La fecha de corte va desde el {FIRST_DAY:%d/%m/%Y}."),
            MaxValueValidator(LAST_DAY, f"La fecha de corte va hasta el {LAST_DAY:%d/%m/%Y}."),
        ],
    )
    defaults: ClassVar = {"corte": same_day}

    def on_that_day(self, rows: QuerySet[Any], _name: str, _day: dt.date) -> QuerySet[Any]:
        return rows  # the report's own query reads `as_of`

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return self.now_owed(found)

    def now_owed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """From today on what the core says now counts, whatever dates its payments bear."""
        return rows if self.as_of < self.today else rows.filter(OWED).annotate(owed=F("balance"))


class LastTwoMonths(ListingFilters):
    """Absent `desde`/`hasta` mean the last two months, as in the search; empty ones are open."""

    defaults: ClassVar = {"desde": two_months_before, "hasta": same_day}


class Whose(ListingFilters):
    """Whose debt, of what product, in which currency."""

    contratante = text_field("Contratante", method="by_policyholder")
    producto = text_field("Producto", method="by_product")
    moneda = choice("Moneda", Currency.choices, field_name="currency")

    def by_policyholder(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(policyholder__in=policyholders_named(self.reader, value))

    def by_product(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(product_code=value.upper()) | Q(product__icontains=value))


class Where(Whose):
    """The same, and in which branch of the brokerage."""

    sucursal = text_field("Sucursal", field_name="branch", lookup_expr="icontains")


class How(Where):
    """The same, and how it is or was paid."""

    canal = choice("Canal de pago", PaymentChannel.choices, field_name="payment_channel")
