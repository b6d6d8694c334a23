"""What loading knows a row by. Rows that are there get theirs when they next change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlements", "0002_row_security")]
    operations = [
        migrations.AddField(
            "settlement", "seal", models.BigIntegerField(editable=False, null=True)
        ),
    ]
