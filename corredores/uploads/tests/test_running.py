"""The worker's turn: what becomes of an upload, also when it is cut short."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError

from corredores.audit.models import Event
from corredores.installments.models import Installment
from corredores.loading import actions as loading
from corredores.loading.faults import problem_of
from corredores.loading.models import Outcome, Receipt
from corredores.loading.reports import FileReport
from corredores.uploads import running
from corredores.uploads.actions import FOLDER
from corredores.uploads.models import State
from corredores.uploads.running import CutShortError, run
from tests import people

from .sending import ANA, brokerages, cuotas, loaded, outcomes, sender_of, sent

pytestmark = pytest.mark.django_db


def cuotas_in() -> set[str]:
    return set(Installment.everything.values_list("external_id", flat=True))


def test_files_of_one_upload_are_loaded_in_the_order_that_they_need(home: Path) -> None:
    upload = loaded(cuotas(), brokerages())
    assert (upload.state, upload.trouble) == (State.ENDED, "")
    assert outcomes(upload) == {"corredores.csv": "CARGADO", "cuotas.csv": "CARGADO"}
    assert cuotas_in() == {"Q1"}
    assert not any(it.is_file() for it in (home / "files" / FOLDER).glob("*"))


def test_the_receipt_names_who_sent_it_and_the_upload() -> None:
    hugo = people.staff("hugo")
    upload = loaded(brokerages(), sender=sender_of(hugo))
    assert Receipt.objects.get().loaded_by == f"hugo · carga {upload.pk}"
    told = Event.objects.filter(action="CARGA", user_id=hugo.pk).values_list("details", "rows")
    assert [(it["texto"], rows) for it, rows in told.order_by("pk")] == [
        (f"Carga {upload.pk} recibida, 160 bytes", None),
        (f"Carga {upload.pk}: corredores, Cargado", 1),
    ]


def test_one_bad_file_is_refused_and_the_other_comes_in() -> None:
    upload = loaded(brokerages(), cuotas(importe="1,234.56"))
    assert outcomes(upload) == {"corredores.csv": "CARGADO", "cuotas.csv": "RECHAZADO"}
    assert upload.state == State.ENDED
    assert cuotas_in() == set()


def test_the_same_file_again_is_said_to_be_in_already() -> None:
    loaded(brokerages())
    assert outcomes(loaded(brokerages())) == {"corredores.csv": "IGUAL"}


def test_an_upload_that_ended_is_not_loaded_again() -> None:
    upload = loaded(brokerages())
    run(upload.pk, last_try=False)
    assert Receipt.objects.count() == 1


def test_what_came_in_before_the_worker_died_is_left_alone_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = sent(brokerages(), cuotas())

    class PowerCutError(BaseException):
        """As a kill: nothing that would tidy up is run."""

    def dies(*_arguments: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as broken:
        broken.setattr(running, "_end", dies)
        with pytest.raises(PowerCutError):
            run(upload.pk, last_try=False)
    upload.refresh_from_db()
    assert upload.state == State.RUNNING
    run(upload.pk, last_try=False)
    assert outcomes(upload) == {"corredores.csv": "CARGADO", "cuotas.csv": "CARGADO"}
    assert Receipt.objects.count() == 2


def test_a_database_that_is_away_is_tried_again_and_then_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = sent(brokerages())

    with monkeypatch.context() as broken:
        broken.setattr(loading, "load_file", lambda *a, **k: _refuse_as_away(a[2]))
        with pytest.raises(CutShortError):
            run(upload.pk, last_try=False)
        upload.refresh_from_db()
        assert upload.state == State.RUNNING, "it will be tried again"
        with pytest.raises(CutShortError):
            run(upload.pk, last_try=True)
    upload.refresh_from_db()
    assert upload.state == State.FAILED
    assert upload.trouble.startswith("se perdió la conexión con la base de datos")
    assert set(outcomes(upload).values()) == {Outcome.REFUSED}


def _refuse_as_away(report: FileReport) -> None:
    report.refuse(problem_of(OperationalError("server closed the connection")))


def test_an_upload_whose_files_are_gone_is_marked_in_the_end() -> None:
    upload = sent(brokerages())
    default_storage.delete(upload.files[0]["stored"])
    with pytest.raises(FileNotFoundError):
        run(upload.pk, last_try=True)
    upload.refresh_from_db()
    assert upload.state == State.FAILED
    assert "Envíala otra vez" in upload.trouble
    told = Event.objects.latest("pk")
    assert "fallida" in told.details["texto"]
    assert told.username == ANA.actor.username
