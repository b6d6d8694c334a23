"""What loading knows a row by. Rows that are there get theirs when they next change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0003_legal_files")]
    operations = [
        migrations.AddField("voucher", "seal", models.BigIntegerField(editable=False, null=True)),
    ]
