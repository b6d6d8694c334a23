"""A cuota's brokerage is checked by loading, for a whole file at once, and not again row by row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("installments", "0005_seal")]
    operations = [
        migrations.AlterField(
            "installment",
            "brokerage",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.brokerage",
            ),
        ),
    ]
