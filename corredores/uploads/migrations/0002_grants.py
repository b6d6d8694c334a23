"""What the web may do with uploads and the queue: add to them. Only the worker goes on.

Of the queue it may not even read: a job's number comes back, nothing else.
"""

from django.db import migrations

from corredores.database.roles import WEB


class Migration(migrations.Migration):
    dependencies = [
        ("uploads", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(
            f"""
            grant select, insert on uploads_upload to {WEB};
            grant select on uploads_upload_receipts to {WEB};
            grant insert on procrastinate_jobs, procrastinate_events to {WEB};
            grant select (id) on procrastinate_jobs to {WEB};
            grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq to {WEB};
            """,
            migrations.RunSQL.noop,
        )
    ]
