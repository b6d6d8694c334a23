"""Indexes of the few cuotas with a refused charge, and of those that were undone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("installments", "0003_open")]
    operations = [
        migrations.AddIndex(
            "installment",
            models.Index(
                "brokerage", "rejected_on",
                name="installment_rejected",
                condition=Q(rejected_on__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "installment",
            models.Index(
                "brokerage", "issued_on",
                name="installment_undone",
                condition=Q(status="ANULADA") | Q(total__lt=0),
            ),
        ),
    ]
