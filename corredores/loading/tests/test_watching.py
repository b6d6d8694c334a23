"""A watched folder: what has come to rest is loaded and put away; the refused with its reasons."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from corredores.installments.models import Installment
from corredores.loading.reports import FileReport
from corredores.loading.watching import watch

from .files import INSTALLMENT, VOUCHER, csv_file

pytestmark = pytest.mark.usefixtures("brokerages")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entrada").mkdir()
    return tmp_path / "entrada"


@pytest.fixture
def looks(folder: Path) -> Iterator[list[FileReport]]:
    return watch(folder, loaded_by="test", seconds=0.01)


def _left(folder: Path) -> dict[str, list[str]]:
    """Names of files by shelf, '' being the folder itself; the day is left out."""
    shelves: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.*")):
        if path.is_file():
            *shelf, name = path.relative_to(folder).parts
            shelves.setdefault("".join(shelf[:1]), []).append(name)
    return shelves


def test_files_are_loaded_together_and_put_away(
    folder: Path, looks: Iterator[list[FileReport]]
) -> None:
    csv_file(folder / "cuotas.csv", INSTALLMENT)
    csv_file(folder / "comprobantes.csv", VOUCHER)
    (folder / "cuotas.csv.part").write_text("half")
    assert sorted(report.kind for report in next(looks)) == ["comprobantes", "cuotas"]
    assert Installment.everything.get().voucher_count == 1
    assert _left(folder) == {
        "": ["cuotas.csv.part"],
        "cargados": ["comprobantes.csv", "cuotas.csv"],
    }


def test_a_refused_file_lies_with_its_reasons_and_rows(
    folder: Path, looks: Iterator[list[FileReport]]
) -> None:
    csv_file(folder / "cuotas.csv", {**INSTALLMENT, "moneda": "EUR"})
    next(looks)
    assert _left(folder) == {"rechazados": ["cuotas-rechazos.csv", "cuotas.csv", "cuotas.csv.json"]}
    (reasons,) = folder.rglob("*.json")
    assert json.loads(reasons.read_text())[0]["errors"][0]["column"] == "moneda"
    (rows,) = folder.rglob("*-rechazos.csv")
    mended = rows.read_text(encoding="utf-8").replace("EUR", "PEN")
    (folder / "mended.csv").write_text(mended, encoding="utf-8")
    assert next(looks)[0].inserted == 1


def test_the_same_name_again_does_not_hide_the_first(
    folder: Path, looks: Iterator[list[FileReport]]
) -> None:
    csv_file(folder / "cuotas.csv", INSTALLMENT)
    next(looks)
    csv_file(folder / "cuotas.csv", {**INSTALLMENT, "id_cuota": "Q2"})
    next(looks)
    assert len(_left(folder)["cargados"]) == 2


def test_what_fails_for_the_databases_sake_stays_and_is_tried_again(
    folder: Path, looks: Iterator[list[FileReport]]
) -> None:
    csv_file(folder / "cuotas.csv", INSTALLMENT)
    with connection.cursor() as cursor:
        cursor.execute("alter table installments_installment rename to away")
        (report,) = next(looks)
        cursor.execute("alter table away rename to installments_installment")
    assert [error.code for error in report.errors] == ["base_de_datos"]
    assert _left(folder) == {"": ["cuotas.csv"]}
    assert next(looks)[0].inserted == 1


def test_a_file_that_still_grows_is_left_alone(
    folder: Path, looks: Iterator[list[FileReport]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_file(folder / "cuotas.csv", INSTALLMENT)
    rest = path.read_text().splitlines(keepends=True)
    path.write_text("")

    def meanwhile(_seconds: float) -> None:
        if rest:
            with path.open("a", newline="") as file:
                file.write(rest.pop(0))

    monkeypatch.setattr("corredores.loading.watching.time.sleep", meanwhile)
    (report,) = next(looks)
    assert (rest, report.inserted) == ([], 1)
