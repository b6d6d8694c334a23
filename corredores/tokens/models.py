"""One token: who made it, what it may do, until when. The secret itself is never kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Scope(models.TextChoices):
    """One thing that a token may do."""

    SEND_LOADS = "cargas:crear", "Enviar archivos"
    READ_LOADS = "cargas:leer", "Leer el resultado de lo que envió"


class Token(models.Model):
    """A secret of 256 bits, known by its hash. `start`: its first letters, to recognise it."""

    name = models.CharField("para qué", max_length=80)
    scopes = ArrayField(
        models.CharField(max_length=32, choices=Scope), verbose_name="permisos", default=list
    )
    start = models.CharField("empieza con", max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField("creada por", max_length=150)
    made_at = models.DateTimeField("creada", default=timezone.now)
    expires_at = models.DateTimeField("vence")
    revoked_at = models.DateTimeField("revocada", null=True)
    revoked_by = models.CharField("revocada por", max_length=150, default="", blank=True)
    used_at = models.DateTimeField("último uso", null=True)

    class Meta:
        verbose_name = "clave de API"
        verbose_name_plural = "claves de API"
        default_permissions = ()
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes
