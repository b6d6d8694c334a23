"""The index of what may be owed, told by the state: the planner knows how much that is."""

from django.db import migrations, models

OPEN = ["PENDIENTE", "EN_PROCESO", "PAGO_PARCIAL", "RECHAZADA", "POR_DEVOLVER"]


class Migration(migrations.Migration):
    dependencies = [("installments", "0002_row_security")]
    operations = [
        migrations.RemoveIndex("installment", "installment_owed"),
        migrations.AddIndex(
            "installment",
            models.Index(
                "brokerage", "due_on", "id",
                name="installment_open",
                include=["line", "status", "currency", "total", "balance", "payment_date"],
                condition=models.Q(status__in=OPEN),
            ),
        ),
    ]
