"""The trail's tables, written by hand: what protects them stands beside what they are.

Unmanaged, so that nothing of Django's ever empties them (`flush` truncates what it manages).
"""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

_SQL = (Path(__file__).parent / "0001_trail.sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(_SQL, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="posición")),
                ("at", models.DateTimeField(verbose_name="fecha y hora")),
                ("action", models.CharField(max_length=20, verbose_name="acción")),
                ("user_id", models.BigIntegerField(null=True)),
                ("username", models.CharField(max_length=254, verbose_name="usuario")),
                ("brokerage_id", models.BigIntegerField(null=True)),
                ("brokerage_name", models.CharField(max_length=1500, verbose_name="corredora")),
                ("object", models.CharField(max_length=300, verbose_name="objeto")),
                ("details", models.JSONField(default=dict, verbose_name="detalle")),
                ("rows", models.BigIntegerField(null=True, verbose_name="filas")),
                ("subjects", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("address", models.CharField(max_length=45, verbose_name="dirección")),
                ("agent", models.CharField(max_length=200, verbose_name="navegador")),
                ("reference", models.CharField(max_length=16, verbose_name="referencia")),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "verbose_name": "evento",
                "verbose_name_plural": "eventos",
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
