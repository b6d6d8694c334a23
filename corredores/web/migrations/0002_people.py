"""What the web may do with invitations, letters, sessions, failed tries and second factors."""

from django.db import migrations

from corredores.database.roles import WEB

_TABLES = """accounts_invitation, accounts_letter, accounts_session, accounts_failure,
             accounts_cache, mfa_authenticator"""


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_grants"),
        ("accounts", "0002_people_and_sessions"),
        ("audit", "0002_append_only"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        # Not to the limited role: no page asks for these while it looks at rows.
        migrations.RunSQL(
            f"grant select, insert, update, delete on {_TABLES} to {WEB}",
            migrations.RunSQL.noop,
        )
    ]
