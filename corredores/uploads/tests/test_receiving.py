"""Files at the door: what is taken in, what is refused at once, and what stays of it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from corredores.audit.models import Event
from corredores.uploads.actions import FOLDER, UploadError, clean_name
from corredores.uploads.models import State, Upload
from corredores.uploads.tasks import load_upload

from .sending import brokerages, cuotas, queued, sent

pytestmark = pytest.mark.django_db


def kept(home: Path) -> list[Path]:
    return [it for it in (home / "files" / FOLDER).glob("*") if it.is_file()]


def test_files_are_kept_queued_and_recorded_together(home: Path) -> None:
    upload = sent(brokerages(), cuotas())
    assert (upload.state, upload.names()) == (State.WAITING, ["corredores.csv", "cuotas.csv"])
    assert len(kept(home)) == 2
    assert queued(upload) == 1
    event = Event.objects.get()
    assert (event.action, event.username, event.object) == (
        "CARGA", "ana", "corredores.csv, cuotas.csv",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        ([], "sin_archivo", "Elige un archivo"),
        ([("a.csv", b"")], "vacio", "«a.csv» está vacío"),
        ([("foto.png", b"\x89PNG\r\n\x1a\n\0\0\0")], "tipo", "no es CSV, Excel"),
        ([("viejo.xls", b"\xd0\xcf\x11\xe0\xa1\xb1")], "tipo", "Excel antiguo"),
        ([("a.csv", b"x"), ("A.CSV", b"y")], "mismo_nombre", "el mismo nombre"),
        ([(f"{n}.csv", b"x") for n in range(21)], "demasiados", "hasta 20"),
        ([("a.csv", b"x" * (1 << 20)), ("b.csv", b"x")], "desmedido", "hasta 1 MB"),
    ],
)
def test_what_cannot_be_loaded_is_said_at_once_and_leaves_nothing(
    files: list[tuple[str, bytes]], code: str, said: str, home: Path, settings: Any
) -> None:
    settings.UPLOAD_MEGABYTES = 1
    with pytest.raises(UploadError, match=said) as refusal:
        sent(*(ContentFile(data, name) for name, data in files))
    assert refusal.value.code == code
    assert not Upload.objects.exists()
    assert kept(home) == []


def test_what_cannot_be_queued_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_arguments: int) -> None:
        raise RuntimeError("the queue is away")

    monkeypatch.setattr(load_upload, "defer", fails)
    with pytest.raises(RuntimeError):
        sent(cuotas())
    assert not Upload.objects.exists()
    assert not Event.objects.exists()
    assert kept(home) == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/cuotas.csv", "cuotas.csv"),
        ("C:\\core\\cuotas.csv", "cuotas.csv"),
        ("cuotas\r\n.csv", "cuotas.csv"),
        ("..", "archivo"),
        ("", "archivo"),
        ("a" * 300 + ".csv", "a" * 146 + ".csv"),
    ],
)
def test_a_name_is_one_name_on_one_line(given: str, name: str) -> None:
    file = ContentFile(b"x")
    file.name = given
    assert clean_name(file) == name
