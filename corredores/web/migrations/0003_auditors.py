"""Who reads the trail also reads how fresh the data are: every page and file says so."""

from django.db import migrations

from corredores.database.roles import AUDITOR, TRAIL


class Migration(migrations.Migration):
    dependencies = [("web", "0002_people"), ("loading", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"grant select on loading_receipt to {TRAIL}, {AUDITOR}", migrations.RunSQL.noop
        )
    ]
