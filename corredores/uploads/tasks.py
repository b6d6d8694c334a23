"""What the worker does: loads uploads, and takes up what a killed worker left behind."""

import structlog
from asgiref.sync import sync_to_async
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from .models import Upload
from .running import MOST_TRIES, give_up, run

QUEUE = "cargas"
_LOAD, _RECOVER = "cargar", "retomar"
_WAIT = 5  # seconds before the second try, and their square before the third

log = structlog.get_logger("corredores.worker")


@app.task(
    name=_LOAD,
    queue=QUEUE,
    pass_context=True,
    retry=RetryStrategy(max_attempts=MOST_TRIES - 1, exponential_wait=_WAIT),
)
def load_upload(context: JobContext, upload_id: int) -> None:
    """Load one upload; the job holds nothing but its number."""
    log.info("load_started", upload=upload_id, attempt=context.job.attempts + 1)
    run(upload_id, last_try=context.job.attempts + 1 >= MOST_TRIES)
    log.info("load_ended", upload=upload_id)


@app.periodic(cron="* * * * *")
@app.task(name=_RECOVER, queue=QUEUE, queueing_lock=_RECOVER, pass_context=True)
async def recover(context: JobContext, timestamp: int = 0) -> None:
    """Jobs whose worker has given no sign of life for half a minute are done again.

    One that has killed its worker as often as it may is marked, and not tried again.
    """
    del timestamp
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        log.warning("worker_lost", task=job.task_name, attempt=job.attempts + 1)
        if job.attempts + 1 < MOST_TRIES:
            await manager.retry_job(job)
            continue
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        await sync_to_async(_mark)(job)


def _mark(job: Job) -> None:
    if job.task_name == _LOAD:
        upload = Upload.objects.get(pk=str(job.task_kwargs["upload_id"]))
        if not upload.is_over:
            give_up(upload, f"El servidor se detuvo {MOST_TRIES} veces durante esta carga.")
