"""An invitation: an e-mail address that may take a place in a brokerage, once, for some days."""

import hashlib
import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .business_line import BusinessLine


class Invitation(models.Model):
    """The link goes by e-mail only; the table holds its hash, made when the letter is sent."""

    brokerage = models.ForeignKey(
        "accounts.Brokerage", models.CASCADE, related_name="invitations", verbose_name="corredora"
    )
    email = models.EmailField("correo")
    role = models.CharField("rol", max_length=16)
    lines = ArrayField(models.CharField(max_length=16, choices=BusinessLine))
    invited_by = models.CharField("invitó", max_length=254)
    invited_at = models.DateTimeField("fecha", default=timezone.now)
    expires_at = models.DateTimeField("vence")
    token_hash = models.CharField(max_length=64, blank=True, default="")
    used_at = models.DateTimeField("aceptada", null=True)

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        default_permissions = ()
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["brokerage", "email"], condition=Q(used_at=None), name="one_open_invitation"
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="one_invitation_per_link"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} en {self.brokerage}"

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > timezone.now()


def new_token() -> tuple[str, str]:
    """A link's secret of 256 bits, and the hash under which it is kept."""
    token = secrets.token_urlsafe(32)
    return token, hashed_token(token)


def hashed_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str) -> Invitation | None:
    """The invitation a link leads to, while it may be used."""
    found = (
        Invitation.objects.filter(token_hash=hashed_token(token), used_at=None)
        .select_related("brokerage")
        .first()
    )
    return found if found is not None and found.is_open else None
