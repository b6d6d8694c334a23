"""Brokerages, people, memberships, issuers and product terms in the stock admin, in Spanish."""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 - registered first, so that they can be taken away
import procrastinate.contrib.django.admin  # noqa: F401 - as above
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm, TypedMultipleChoiceField
from django.http import HttpRequest
from procrastinate.contrib.django.models import ProcrastinateJob

from corredores.accounts import postman
from corredores.accounts.business_line import BusinessLine
from corredores.accounts.letters import Letter, LetterKind
from corredores.accounts.models import Brokerage, Membership, User
from corredores.accounts.session import Session
from corredores.audit.models import Action
from corredores.loading.models import Receipt
from corredores.portfolio.models import Issuer, ProductTerms

from .access import NOBODY, OPERATIONS, ByRole, Recorded
from .trail import written

admin.site.unregister(Group)
admin.site.unregister(EmailAddress)  # a person's address stands in the person
admin.site.unregister(Authenticator)  # whose secrets are nobody's but the person's
admin.site.unregister(ProcrastinateJob)  # the worker's own


class LinesForm(ModelForm):
    """Business lines as check boxes instead of comma-separated text."""

    lines = TypedMultipleChoiceField(
        label="líneas",
        choices=BusinessLine.choices,
        widget=CheckboxSelectMultiple,
        required=False,
        coerce=str,
    )


class Memberships(ByRole, admin.TabularInline):
    model = Membership
    form = LinesForm
    extra = 0
    autocomplete_fields = ("brokerage",)
    deleters = ByRole.writers


@admin.register(Brokerage)
class BrokerageAdmin(Recorded):
    """Never deleted: it is suspended. Its rows stay, and this door cannot see that it has any."""

    form = LinesForm
    list_display = ("code", "name", "ruc", "lines", "status")
    list_filter = ("status",)
    search_fields = ("code", "name", "ruc")
    readers = OPERATIONS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The code is the core's name for it: rows that were loaded under it stay with it."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "code") if obj else fixed


class NewPersonForm(ModelForm):
    """Somebody new. Nobody else ever knows the password: a letter lets the person choose it."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "staff_role", "is_staff")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


@admin.register(User)
class PersonAdmin(Recorded, UserAdmin):
    """People are deactivated, not deleted: the trail names them. Passwords are their own."""

    inlines = (Memberships,)
    list_display = ("username", "first_name", "last_name", "email", "staff_role", "is_active")
    list_filter = ("is_active", "staff_role")
    readonly_fields = ("last_login", "date_joined")
    add_form = NewPersonForm
    add_fieldsets = ((None, {"fields": NewPersonForm.Meta.fields}),)
    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        ("Acceso", {"fields": ("is_active", "is_staff", "staff_role")}),
        ("Fechas", {"fields": ("last_login", "date_joined")}),
    )
    actions = ("send_link", "end_sessions", "reset_second_factor")

    def get_urls(self) -> Any:
        """Without the page on which one sets another's password."""
        return [it for it in super().get_urls() if "password" not in str(it.pattern)]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new person gets a letter; one who is deactivated is out at once."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            _send_link(request, obj)
        if not obj.is_active:
            Session.objects.filter(user=obj).delete()

    @admin.action(description="Enviar enlace para elegir contraseña")
    def send_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset.exclude(email="").filter(is_active=True):
            _send_link(request, user)
        self.message_user(request, "Enlaces enviados.", messages.SUCCESS)

    @admin.action(description="Cerrar todas sus sesiones")
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            Session.objects.filter(user=user).delete()
            written(request, Action.ENDED_SESSION, user.username, "Todas, desde administración")
        self.message_user(request, "Sesiones cerradas.", messages.SUCCESS)

    @admin.action(description="Quitar el segundo factor (perdió el teléfono y los códigos)")
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """After the help desk has made sure who is calling (docs/operations.md)."""
        for user in queryset:
            Authenticator.objects.filter(user=user).delete()
            Session.objects.filter(user=user).delete()
            written(request, Action.CREDENTIALS, user.username, "Segundo factor retirado")
        self.message_user(request, "Hecho. La persona debe agregar otro.", messages.SUCCESS)


def _send_link(request: HttpRequest, user: User) -> None:
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    Letter.objects.create(kind=LetterKind.RESET, to=user.email, base=base)
    postman.call()
    written(request, Action.CREDENTIALS, user.username, "Enlace para elegir contraseña")


@admin.register(Issuer)
class IssuerAdmin(Recorded):
    list_display = ("ruc", "name", "vouchers_from", "issues_settlements")
    writers = OPERATIONS


@admin.register(ProductTerms)
class ProductTermsAdmin(Recorded):
    list_display = ("line", "product_code", "suspension_days", "extra_days", "extinction_days")
    writers = deleters = OPERATIONS


@admin.register(Receipt)
class ReceiptAdmin(Recorded):
    """Read only: a receipt says what happened."""

    list_display = ("loaded_at", "file", "kind", "rows", "inserted", "updated", "unchanged")
    readers = OPERATIONS
    writers = NOBODY
