"""What the web may do with tokens: make, recognise, revoke; never delete or lengthen one."""

from django.db import migrations

from corredores.database.roles import WEB


class Migration(migrations.Migration):
    dependencies = [("tokens", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"""
            grant select, insert on tokens_token to {WEB};
            grant update (used_at, revoked_at, revoked_by) on tokens_token to {WEB};
            """,
            migrations.RunSQL.noop,
        )
    ]
