"""A load finds the vouchers that cuotas lead to by the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0005_of_policy")]
    operations = [
        # Made before the other goes: who reads vouchers waits for the exchange alone.
        migrations.AddIndex(
            "voucher",
            models.Index(
                models.F("brokerage"),
                models.F("full_number"),
                include=("type", "issued_on", "issuer", "id"),
                name="voucher_number_and_more",
            ),
        ),
        migrations.RemoveIndex("voucher", "voucher_full_number"),
        migrations.RenameIndex(
            "voucher", "voucher_full_number", old_name="voucher_number_and_more"
        ),
    ]
