"""Each night the worker tidies and maintains by itself, and the trail says so."""

import datetime as dt
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from corredores.accounts.brakes import Failure
from corredores.audit.models import Action, Event
from corredores.console.tasks import each_day
from corredores.uploads.tests.test_worker import worker
from tests.own_home import home

__all__ = ["home"]

_PATIENCE = 60  # seconds


def told(since: dt.datetime) -> dict[str, str]:
    """Who did what, of the maintenance in the trail, which other tests have written in, too."""
    lines = Event.objects.filter(action=Action.MAINTAINED, at__gte=since).order_by("id")
    return {it.object: it.username for it in lines}


def old_failure() -> None:
    """A wrong password of two days ago, which is of no use any more."""
    failure = Failure.objects.create(account="ana", source="192.0.2.1")
    Failure.objects.filter(pk=failure.pk).update(at=timezone.now() - dt.timedelta(days=2))


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_does_both_at_their_time(home: Path) -> None:
    old_failure()
    started = timezone.now()
    at = f"{timezone.localtime() - dt.timedelta(minutes=1):%H:%M}"
    process = worker(home, CORREDORES_TIDY_AT=at, CORREDORES_MAINTAIN_AT=at)
    try:
        until = time.monotonic() + _PATIENCE
        while set(told(started)) != {"tidy", "maintain"}:
            assert process.poll() is None
            assert time.monotonic() < until, told(started)
            time.sleep(0.1)
    finally:
        process.terminate()
        process.wait(_PATIENCE)
    assert set(told(started).values()) == {"trabajador"}
    assert not Failure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_commands_do_the_same_now() -> None:
    old_failure()
    started = timezone.now()
    call_command("tidy")
    call_command("maintain")
    assert told(started) == {"tidy": "consola", "maintain": "consola"}
    assert not Failure.objects.exists()


def test_times_are_those_of_lima() -> None:
    assert each_day(dt.time(2, 30)) == "30 7 * * *"
    assert each_day(dt.time(22, 5)) == "5 3 * * *"
