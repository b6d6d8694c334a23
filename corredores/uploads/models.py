"""One upload: files that came together, what became of them, and the receipts of their loads."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from corredores.loading.models import Receipt
from corredores.tokens.models import Token


class State(models.TextChoices):
    """Where an upload is on its way."""

    WAITING = "EN_ESPERA", "En espera"
    RUNNING = "CARGANDO", "Cargando"
    ENDED = "TERMINADA", "Terminada"
    FAILED = "FALLIDA", "No se pudo cargar"


class Upload(models.Model):
    """Files that are loaded by one call, in whatever order they need.

    files: [{"name", "size", "sha256", "stored"}]; `stored` is the name in the storage, where the
    file is until the upload has ended. `fingerprint` is equal for equal names and contents.
    """

    state = models.CharField("estado", max_length=16, choices=State, default=State.WAITING)
    files = models.JSONField("archivos", default=list)
    fingerprint = models.CharField(max_length=64)
    sent_by = models.CharField("quién", max_length=150)
    user_id = models.BigIntegerField(null=True)
    token = models.ForeignKey(Token, models.PROTECT, null=True, related_name="+")
    idempotency_key = models.CharField(max_length=255, default="", blank=True)
    sent_at = models.DateTimeField("recibida", default=timezone.now)
    started_at = models.DateTimeField("empezada", null=True)
    ended_at = models.DateTimeField("terminada", null=True)
    trouble = models.CharField("qué pasó", max_length=500, default="", blank=True)
    receipts = models.ManyToManyField(Receipt, related_name="+")

    class Meta:
        verbose_name = "carga"
        verbose_name_plural = "cargas"
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="one_upload_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(ended_at=None), name="uploads_on_their_way")
        ]

    def __str__(self) -> str:
        return f"carga {self.pk}"

    @property
    def mark(self) -> str:
        """Who loaded, as the receipts say it: it leads from a receipt back to the upload."""
        return f"{self.sent_by[:120]} · carga {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in (State.ENDED, State.FAILED)

    @property
    def elapsed(self) -> dt.timedelta:
        """Since it was taken up, until it ended or until now; nothing while it waits."""
        if self.started_at is None:
            return dt.timedelta()
        return (self.ended_at or timezone.now()) - self.started_at

    def names(self) -> list[str]:
        return [file["name"] for file in self.files]

    def stored(self) -> list[dict[str, Any]]:
        return [file for file in self.files if file.get("stored")]
