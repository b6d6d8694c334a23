"""Brokerages and their people."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from .business_line import BusinessLine


def all_lines() -> list[str]:
    return list(BusinessLine.values)


def _known_lines(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(lines__contained_by=list(BusinessLine.values)), name=name
    )


class Brokerage(models.Model):
    """Corredora de seguros: the tenant. It comes from the insurer's core system."""

    class Status(models.TextChoices):
        ACTIVE = "ACTIVO", "Activa"
        SUSPENDED = "SUSPENDIDO", "Suspendida"

    code = models.CharField("código", max_length=64, unique=True, db_collation="C")
    sbs_code = models.CharField("código SBS", max_length=20, blank=True, default="")
    ruc = models.CharField("RUC", max_length=11)
    name = models.CharField("nombre", max_length=1500)
    email = models.EmailField("correo", blank=True, default="")
    lines = ArrayField(
        models.CharField(max_length=16, choices=BusinessLine),
        verbose_name="líneas autorizadas",
        default=all_lines,
    )
    status = models.CharField("estado", max_length=16, choices=Status, default=Status.ACTIVE)
    updated_at = models.DateTimeField("actualizada en el core", null=True, blank=True)

    class Meta:
        verbose_name = "corredora"
        verbose_name_plural = "corredoras"
        ordering = ["code"]
        constraints = [_known_lines("brokerage_lines_known")]

    def __str__(self) -> str:
        return self.name


class StaffRole(models.TextChoices):
    """What somebody of the insurer does here. Each sees what the task needs, and no more."""

    OPERATIONS = "OPERACIONES", "Operaciones: cargas y emisores"
    SUPPORT = "SOPORTE", "Soporte: ve como una corredora"
    AUDITOR = "AUDITORIA", "Auditoría: lee quién vio qué"
    ADMINISTRATOR = "ADMINISTRADOR", "Administración"


class User(AbstractUser):
    """A person who signs in. `is_staff` is the insurer's staff; `staff_role` says what for.

    Staff without a role see nothing. The username of people who were invited is their e-mail.
    """

    staff_role = models.CharField(
        "rol en la aseguradora", max_length=16, choices=StaffRole, blank=True, default=""
    )

    # Rows of `session.PLACE`, where the user was read with them; else they are asked for.
    places: "list[tuple[Any, ...]] | None" = None

    class Meta(AbstractUser.Meta):
        verbose_name = "persona"
        verbose_name_plural = "personas"


class Role(models.TextChoices):
    """What a person does in a brokerage."""

    ADMINISTRATOR = "ADMINISTRADOR", "Administra la corredora"
    COLLECTOR = "COBRANZA", "Cobranza"
    VIEWER = "LECTOR", "Solo lectura"


class Membership(models.Model):
    """A person's place in one brokerage: the role, and the lines that may be seen there."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name="persona"
    )
    brokerage = models.ForeignKey(
        Brokerage, models.CASCADE, related_name="memberships", verbose_name="corredora"
    )
    role = models.CharField("rol", max_length=16, choices=Role)
    lines = ArrayField(
        models.CharField(max_length=16, choices=BusinessLine),
        verbose_name="líneas que puede ver",
        default=all_lines,
    )

    class Meta:
        verbose_name = "pertenencia"
        verbose_name_plural = "pertenencias"
        ordering = ["brokerage__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "brokerage"], name="one_place_per_brokerage"),
            _known_lines("membership_lines_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} en {self.brokerage}"


# Their tables belong to this room; Django finds models only through this module.
from .brakes import Failure  # noqa: E402
from .invitation import Invitation  # noqa: E402
from .letters import Letter  # noqa: E402
from .session import Session  # noqa: E402

__all__ = [
    "Brokerage", "Failure", "Invitation", "Letter", "Membership", "Role", "Session", "StaffRole",
    "User",
]  # fmt: skip
