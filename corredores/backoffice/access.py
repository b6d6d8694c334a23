"""Which of the insurer's roles may do what with each kind of record, and its line of the trail."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from corredores.accounts.models import StaffRole, User
from corredores.accounts.viewer import staff_role_of
from corredores.audit.models import Action

from .trail import written

ADMINISTRATION = frozenset({StaffRole.ADMINISTRATOR})
OPERATIONS = frozenset({StaffRole.OPERATIONS, StaffRole.ADMINISTRATOR})
NOBODY: frozenset[StaffRole] = frozenset()


class ByRole:
    """Permissions by the role at the insurer alone; Django's own permissions say nothing here."""

    readers: frozenset[StaffRole] = ADMINISTRATION
    writers: frozenset[StaffRole] = ADMINISTRATION
    deleters: frozenset[StaffRole] = NOBODY

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _role(request) in self.readers | self.writers

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return _role(request) in self.readers | self.writers

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return _role(request) in self.writers

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return _role(request) in self.writers

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return _role(request) in self.deleters


class Recorded(ByRole, admin.ModelAdmin):
    """A kind of record whose every change is a line of the trail."""

    def log_addition(self, request: HttpRequest, object: Any, message: Any) -> Any:  # noqa: A002
        _write(request, object, "Creado")
        return super().log_addition(request, object, message)

    def log_change(self, request: HttpRequest, object: Any, message: Any) -> Any:  # noqa: A002
        changed = [it["changed"] for it in message if "changed" in it] if message else []
        fields = ", ".join(str(field) for it in changed for field in it.get("fields", []))
        _write(request, object, f"Cambiado: {fields}" if fields else "Cambiado")
        return super().log_change(request, object, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for it in queryset:
            _write(request, it, "Eliminado")
        return super().log_deletions(request, queryset)


def _write(request: HttpRequest, what: models.Model, text: str) -> None:
    kind = what._meta.verbose_name
    written(request, Action.ADMINISTERED, f"{kind} {what}", text)


def _role(request: HttpRequest) -> str:
    user = request.user
    return staff_role_of(user) if isinstance(user, User) else ""
