"""A file that no upload names is forgotten once nobody can be about to name it."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from corredores.uploads.actions import FOLDER
from corredores.uploads.orphans import forget_orphans

from .sending import brokerages, sent

pytestmark = pytest.mark.django_db
TWO_DAYS = 2 * 86_400


def _aged(name: str) -> str:
    before = time.time() - TWO_DAYS
    os.utime(default_storage.path(name), (before, before))
    return name


@pytest.mark.usefixtures("home")
def test_only_old_files_that_no_upload_waits_for_are_forgotten() -> None:
    waiting = sent(brokerages())
    (named,) = [_aged(file["stored"]) for file in waiting.stored()]
    orphan = _aged(default_storage.save(f"{FOLDER}/orphan", ContentFile(b"x")))
    in_hand = default_storage.save(f"{FOLDER}/in-hand", ContentFile(b"x"))
    assert forget_orphans() == 1
    assert [default_storage.exists(name) for name in (named, orphan, in_hand)] == [
        True, False, True,
    ]  # fmt: skip


@pytest.mark.usefixtures("home")
def test_where_nothing_was_ever_sent_nothing_is_forgotten() -> None:
    assert forget_orphans() == 0


def test_the_daily_tidying_forgets_them(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _aged(default_storage.save(f"{FOLDER}/orphan", ContentFile(b"x")))
    call_command("tidy")
    assert "1 archivos sueltos borrados" in capsys.readouterr().out
    assert not list((home / "files").rglob("orphan"))
