"""When issuers and policyholders were last named: the newest wins, whatever order files come in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0002_row_security")]
    operations = [
        migrations.AddField("issuer", "updated_at", models.DateTimeField(null=True, editable=False)),
        migrations.AddField("policyholder", "updated_at", models.DateTimeField(null=True)),
        migrations.AddField("policyholder", "reached_at", models.DateTimeField(null=True)),
    ]
