"""Behind the second wall."""

from django.db import migrations

from corredores.database.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("settlements", "0001_initial")]
    operations = [
        protect("settlements_settlement", by_line=True),
    ]
