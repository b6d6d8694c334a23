"""Receipts say what became of a file, its sums per currency and what was wrong with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loading", "0001_initial")]
    operations = [
        migrations.AddField(
            "receipt",
            "outcome",
            models.CharField(
                "resultado",
                max_length=16,
                choices=[
                    ("CARGADO", "Cargado"),
                    ("IGUAL", "Ya estaba cargado"),
                    ("RECHAZADO", "Rechazado"),
                ],
                default="CARGADO",
            ),
        ),
        migrations.AddField("receipt", "size", models.BigIntegerField("bytes", default=0)),
        migrations.AddField("receipt", "errors", models.PositiveIntegerField("errores", default=0)),
        migrations.AddField(
            "receipt", "problems", models.JSONField("problemas", default=dict, blank=True)
        ),
        migrations.AddField(
            "receipt",
            "rejected",
            models.CharField("filas rechazadas", max_length=255, blank=True, default=""),
        ),
        migrations.AddField(
            "receipt", "sums", models.JSONField("sumas por moneda", default=dict, blank=True)
        ),
    ]
