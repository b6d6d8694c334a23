"""E-mail and telephone each come from the newest row that states one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0003_newest_wins")]
    operations = [
        migrations.RenameField("policyholder", "reached_at", "email_at"),
        migrations.AddField("policyholder", "phone_at", models.DateTimeField(null=True)),
    ]
