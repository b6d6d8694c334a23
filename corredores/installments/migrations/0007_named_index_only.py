"""A search by name counts and orders its cuotas by the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("installments", "0006_brokerage_unconstrained")]
    operations = [
        migrations.RemoveIndex("installment", "installment_policyholder"),
        migrations.AddIndex(
            "installment",
            models.Index(
                models.F("brokerage"),
                models.F("policyholder"),
                models.F("payment_date"),
                include=("id", "line", "currency", "total", "balance"),
                name="installment_policyholder",
            ),
        ),
    ]
