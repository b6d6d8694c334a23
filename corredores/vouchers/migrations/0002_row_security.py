"""Behind the second wall."""

from django.db import migrations

from corredores.database.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0001_initial")]
    operations = [
        protect("vouchers_voucher", by_line=True),
    ]
