"""What loading knows a row by. Rows that are there get theirs when they next change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("installments", "0004_few")]
    operations = [
        migrations.AddField(
            "installment", "seal", models.BigIntegerField(editable=False, null=True)
        ),
    ]
