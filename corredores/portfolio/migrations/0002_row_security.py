"""Behind the second wall."""

from django.db import migrations

from corredores.database.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0001_initial")]
    operations = [
        protect("portfolio_policyholder", by_line=False),
    ]
