"""Brokerages, people, memberships, issuers and product terms in the stock admin, in Spanish."""

import allauth.account.admin  # noqa: F401 - registered first, so that it can be taken away
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.forms import CheckboxSelectMultiple, ModelForm, TypedMultipleChoiceField
from django.http import HttpRequest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage, Membership, User
from corredores.loading.models import Receipt
from corredores.portfolio.models import Issuer, ProductTerms

admin.site.site_header = "Gestión de Somos Corredores"
admin.site.site_title = "Gestión"
admin.site.index_title = "Corredoras, personas y datos"
# One door for signing in, so that no brake and no second step is missing at another.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)  # a person's address stands in the person


class LinesForm(ModelForm):
    """Business lines as check boxes instead of comma-separated text."""

    lines = TypedMultipleChoiceField(
        label="líneas",
        choices=BusinessLine.choices,
        widget=CheckboxSelectMultiple,
        required=False,
        coerce=str,
    )


class Memberships(admin.TabularInline):
    model = Membership
    form = LinesForm
    extra = 0
    autocomplete_fields = ("brokerage",)


@admin.register(Brokerage)
class BrokerageAdmin(admin.ModelAdmin):
    form = LinesForm
    list_display = ("code", "name", "ruc", "lines", "status")
    list_filter = ("status",)
    search_fields = ("code", "name", "ruc")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: it is suspended. Its rows stay, and this door cannot see that it has any."""
        return False


@admin.register(User)
class PersonAdmin(UserAdmin):
    inlines = (Memberships,)
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active")


@admin.register(Issuer)
class IssuerAdmin(admin.ModelAdmin):
    list_display = ("ruc", "name", "vouchers_from", "issues_settlements")


@admin.register(ProductTerms)
class ProductTermsAdmin(admin.ModelAdmin):
    list_display = ("line", "product_code", "suspension_days", "extra_days", "extinction_days")


@admin.register(Receipt)
class ReceiptAdmin(admin.ModelAdmin):
    """Read only: a receipt says what happened."""

    list_display = ("loaded_at", "file", "kind", "rows", "inserted", "updated", "unchanged")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
