"""Letters to be sent: written down in the transaction of what they tell, sent afterwards.

A page never waits for the mail server, and one that is down loses no letter. A letter holds
no secret: the link is made when it is sent.
"""

import datetime as dt

from django.db import models
from django.utils import timezone

_PATIENCE = dt.timedelta(days=3)  # after which a letter is of no use


class LetterKind(models.TextChoices):
    """What is told."""

    INVITATION = "INVITACION", "Invitación"
    RESET = "CLAVE_OLVIDADA", "Contraseña olvidada"
    PASSWORD = "CLAVE_CAMBIADA", "Contraseña cambiada"
    SECOND_FACTOR = "SEGUNDO_FACTOR", "Segundo factor cambiado"
    ACCESS = "ACCESO", "Acceso cambiado"


class Letter(models.Model):
    """One letter, waiting until `sent_at` is set. `base` is the portal's address for its link."""

    kind = models.CharField(max_length=16, choices=LetterKind)
    to = models.EmailField()
    base = models.CharField(max_length=300)
    text = models.CharField(max_length=500, blank=True, default="")
    invitation = models.ForeignKey("accounts.Invitation", models.CASCADE, null=True)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    next_try = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "carta"
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["next_try"], condition=models.Q(sent_at=None), name="letters_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.written_at:%d/%m/%Y %H:%M}"


def waiting() -> models.QuerySet[Letter]:
    """Letters not sent yet that are still worth sending, the oldest first."""
    return Letter.objects.filter(sent_at=None, written_at__gt=timezone.now() - _PATIENCE).order_by(
        "next_try", "pk"
    )
