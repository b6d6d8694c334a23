"""The receipt of each load."""

from django.db import models


class Outcome(models.TextChoices):
    """What became of a file."""

    LOADED = "CARGADO", "Cargado"
    UNCHANGED = "IGUAL", "Ya estaba cargado"
    REFUSED = "RECHAZADO", "Rechazado"


class Receipt(models.Model):
    """What came in, when, and what it did. Over all brokerages: no row of one is in it."""

    file = models.CharField("archivo", max_length=255)
    kind = models.CharField("contenido", max_length=16)
    outcome = models.CharField("resultado", max_length=16, choices=Outcome, default=Outcome.LOADED)
    content_hash = models.CharField("huella", max_length=64, db_index=True)
    size = models.BigIntegerField("bytes", default=0)
    rows = models.PositiveIntegerField("filas", default=0)
    inserted = models.PositiveIntegerField("nuevas", default=0)
    updated = models.PositiveIntegerField("cambiadas", default=0)
    unchanged = models.PositiveIntegerField("iguales", default=0)
    stale = models.PositiveIntegerField("anteriores", default=0)
    warnings = models.PositiveIntegerField("advertencias", default=0)
    errors = models.PositiveIntegerField("errores", default=0)
    # The first problems in full, as `--json` lists them; the rest stands in the reject file.
    problems = models.JSONField("problemas", default=dict, blank=True)
    rejected = models.CharField("filas rechazadas", max_length=255, blank=True, default="")
    # {"PEN": {"filas": 3, "importe": "120.00"}}: what the file says, never added together.
    sums = models.JSONField("sumas por moneda", default=dict, blank=True)
    newest = models.DateTimeField("dato más reciente", null=True)
    seconds = models.FloatField("segundos", default=0)
    loaded_by = models.CharField("quién", max_length=150, blank=True, default="")
    loaded_at = models.DateTimeField("cargado", auto_now_add=True)

    class Meta:
        verbose_name = "recibo de carga"
        verbose_name_plural = "recibos de carga"
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file} ({self.kind})"
