"""Files as a door hands them in, and a worker's turn without a worker."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import ContentFile
from procrastinate.contrib.django.models import ProcrastinateJob

from corredores.accounts.models import User
from corredores.audit.actions import Actor
from corredores.loading.tests.files import BROKERAGE, INSTALLMENT, Row, csv_file
from corredores.uploads.actions import Sender, receive
from corredores.uploads.models import Upload
from corredores.uploads.running import run

ANA = Sender(Actor(username="ana"))


def content(*rows: Row) -> bytes:
    """Rows as the bytes of a CSV file."""
    with TemporaryDirectory() as folder:
        return csv_file(Path(folder) / "rows.csv", *rows).read_bytes()


def file(name: str, *rows: Row) -> "ContentFile[Any]":
    return ContentFile(content(*rows), name)


def brokerages() -> "ContentFile[Any]":
    return file("corredores.csv", BROKERAGE)


def cuotas(**changes: str) -> "ContentFile[Any]":
    return file("cuotas.csv", {**INSTALLMENT, **changes})


def sent(*files: "ContentFile[Any]", sender: Sender = ANA) -> Upload:
    return receive(sender, files)


def loaded(*files: "ContentFile[Any]", sender: Sender = ANA) -> Upload:
    """An upload that a worker has been through."""
    upload = sent(*files, sender=sender)
    run(upload.pk, last_try=False)
    upload.refresh_from_db()
    return upload


def outcomes(upload: Upload) -> dict[str, str]:
    return dict(upload.receipts.values_list("file", "outcome"))


def queued(upload: Upload) -> int:
    """Jobs for this upload in the queue."""
    return ProcrastinateJob.objects.filter(args={"upload_id": upload.pk}).count()


def sender_of(user: User) -> Sender:
    return Sender(Actor(user.pk, user.username))


def unreadable() -> dict[str, Any]:
    """A request's body that must not be read, for `Client.generic`."""

    class Body:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    return {
        "wsgi.input": Body(),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": "1000",
    }
