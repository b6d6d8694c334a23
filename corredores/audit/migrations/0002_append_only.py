"""Who may write the trail and who may read it."""

from django.db import migrations

from corredores.database.roles import AUDITOR, LIMITED, OWNER, TRAIL, WEB

# Neither position, time nor hash: those are the database's.
_WRITTEN = """action, user_id, username, brokerage_id, brokerage_name, object, details, rows,
              subjects, address, agent, reference"""
_BROKERAGE = "brokerage_id = nullif(current_setting('corredores.brokerage', true), '')::bigint"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"""
            alter table audit_event enable row level security;
            alter table audit_event force row level security;
            create policy written on audit_event for insert to {WEB}, {LIMITED} with check (true);
            create policy brokerage on audit_event for select to {TRAIL} using ({_BROKERAGE});
            create policy auditor_all on audit_event for select to {AUDITOR} using (true);
            create policy owner_all on audit_event to {OWNER} using (true) with check (true);
            grant insert ({_WRITTEN}) on audit_event to {WEB}, {LIMITED};
            grant select on audit_event to {TRAIL}, {AUDITOR};
            """,
            migrations.RunSQL.noop,
        )
    ]
