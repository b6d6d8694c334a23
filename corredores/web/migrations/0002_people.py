"""What the web may do with invitations, letters, sessions, failed tries and second factors."""

from django.db import migrations

from corredores.database.row_security import grant

WRITE = "select, insert, update, delete"


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_grants"),
        ("accounts", "0002_people_and_sessions"),
        ("audit", "0002_append_only"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        grant(
            WRITE,
            "accounts_invitation",
            "accounts_letter",
            "accounts_session",
            "accounts_failure",
            "accounts_cache",
            "mfa_authenticator",
        ),
    ]
