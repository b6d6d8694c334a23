"""A load from the command line stands in the audit trail, and a mere check does not."""

from pathlib import Path

import pytest
from django.core.management import call_command

from corredores.audit.models import Action, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "corredores.csv"
    path.write_text("codigo;nombre\nA1;Sin más columnas\n", encoding="utf-8")
    return path


def told() -> list[tuple[str, str]]:
    events = Event.objects.filter(action=Action.LOADED).order_by("id")
    return [(Path(event.object).name, event.username.split()[0]) for event in events]


def test_a_refused_file_is_told_as_well_as_one_that_is_in(file: Path) -> None:
    with pytest.raises(SystemExit):
        call_command("load", str(file))
    assert told() == [("corredores.csv", "consola")]


def test_a_check_changes_nothing_and_is_not_told(file: Path) -> None:
    with pytest.raises(SystemExit):
        call_command("load", str(file), "--check")
    assert told() == []
