"""Vouchers that name a policy alone are found without reading all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0004_seal")]
    operations = [
        migrations.AddIndex(
            "voucher",
            models.Index(
                "brokerage",
                "policy_number",
                name="voucher_of_policy",
                condition=models.Q(installment_external_id="", settlement_number="")
                & ~models.Q(policy_number=""),
            ),
        ),
    ]
