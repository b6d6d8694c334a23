"""What the web may do with the tables that hold no brokerage's rows."""

from django.db import migrations

from corredores.database.row_security import grant

WRITE = "select, insert, update, delete"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("portfolio", "0002_row_security"),
        ("loading", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        grant(
            WRITE,
            "accounts_brokerage",
            "accounts_user",
            "accounts_user_groups",
            "accounts_user_user_permissions",
            "accounts_membership",
            "portfolio_issuer",
            "portfolio_productterms",
            "django_admin_log",
            "account_emailaddress",
            "account_emailconfirmation",
        ),
        grant(
            "select",
            "auth_group",
            "auth_group_permissions",
            "auth_permission",
            "django_content_type",
            "django_migrations",
            "loading_receipt",
        ),
    ]
