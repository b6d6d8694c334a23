"""What the worker does each night by itself (times: CORREDORES_TIDY_AT, CORREDORES_MAINTAIN_AT)."""

import datetime as dt

import structlog
from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from .nightly import maintain_tables, tidy_up

_BY = "trabajador"
_QUEUE = "noche"

log = structlog.get_logger("corredores.worker")


def each_day(at: dt.time) -> str:
    """A time of the portal's clock as procrastinate's cron line, which is read in UTC."""
    today = dt.datetime.combine(timezone.localdate(), at, timezone.get_default_timezone())
    moment = today.astimezone(dt.UTC)
    return f"{moment.minute} {moment.hour} * * *"


@app.periodic(cron=each_day(settings.TIDY_AT))
@app.task(name="ordenar", queue=_QUEUE, queueing_lock="ordenar")
def tidy_each_night(timestamp: int) -> None:
    del timestamp
    log.info("tidied", done=tidy_up(_BY))


@app.periodic(cron=each_day(settings.MAINTAIN_AT))
@app.task(name="mantener", queue=_QUEUE, queueing_lock="mantener")
def maintain_each_night(timestamp: int) -> None:
    del timestamp
    log.info("maintained", done=maintain_tables(_BY))
