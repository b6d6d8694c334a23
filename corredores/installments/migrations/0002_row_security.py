"""Behind the second wall."""

from django.db import migrations

from corredores.database.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("installments", "0001_initial")]
    operations = [
        protect("installments_installment", by_line=True),
        protect("installments_installmentchange", by_line=True),
    ]
