"""The legal files of a voucher, and what only its XML says. Defaults are the database's own:
rows come by COPY and INSERT of the core's columns alone."""

from django.db import migrations, models


def kept(name: str, length: int = 64) -> migrations.AddField:
    field = models.CharField(
        max_length=length, blank=True, default="", db_default="", db_collation="C"
    )
    return migrations.AddField("voucher", name, field)


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0002_row_security")]
    operations = [
        kept("pdf"),
        kept("xml"),
        kept("cdr"),
        kept("answer", 16),
        migrations.AddField(
            "voucher", "details", models.JSONField(blank=True, default=dict, db_default={})
        ),
    ]
