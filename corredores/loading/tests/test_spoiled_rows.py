"""Each spoiled file of rows is refused with its reason and its place, and nothing is changed."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.reports import FileReport

from .spoiled_rows import Spoiled, archives, books, no_text, odd_but_right, torn, wrong_cells
from .test_spoiled_legal_files import MOST_MEMORY, MOST_SECONDS, memory, state

pytestmark = pytest.mark.usefixtures("brokerages")
REFUSED: list[Callable[[], Iterable[Spoiled]]] = [no_text, torn, wrong_cells, books, archives]


def deliver(folder: Path, spoiled: Sequence[Spoiled]) -> list[tuple[Spoiled, FileReport]]:
    """All of them in one call, each with its report."""
    folder.mkdir()
    paths = [folder / f"{number:03}.{file.ending}" for number, file in enumerate(spoiled)]
    for path, file in zip(paths, spoiled, strict=True):
        path.write_bytes(file.content)
    reports = {Path(report.file): report for report in load_paths([folder], loaded_by="test")}
    return [(file, reports[path]) for path, file in zip(paths, spoiled, strict=True)]


@pytest.mark.parametrize("corpus", REFUSED, ids=lambda it: it.__name__)
def test_it_is_refused_and_changes_nothing(corpus: Any, tmp_path: Path) -> None:
    before = state(tmp_path / "nowhere")
    delivered = deliver(tmp_path / "entrega", list(corpus()))
    assert not (bad := [text for text in (_wrong(*each) for each in delivered) if text]), bad
    assert state(tmp_path / "nowhere") == before


def _wrong(file: Spoiled, report: FileReport) -> str:
    """What is not as it should be, for a person to read."""
    said = next(iter(report.errors), None)
    if said is None:
        return f"{file.why}: accepted"
    value = said.value if file.value is None else file.value
    place = (said.code, said.row, said.column, said.value)
    if place == (file.code, file.row, file.column, value) and said.message:
        return "" if report.seconds <= MOST_SECONDS else f"{file.why}: {report.seconds} s"
    return f"{file.why}: {place} instead of {file}"[:300]


def test_what_only_looks_wrong_is_loaded(tmp_path: Path) -> None:
    delivered = deliver(tmp_path / "entrega", list(odd_but_right()))
    assert {file.why: report.errors for file, report in delivered if report.errors} == {}
    assert Installment.everything.count() == len(delivered)


def test_the_reader_of_workbooks_stays_small_whatever_it_reads(tmp_path: Path) -> None:
    book = tmp_path / "libro.xlsx"
    for file in [*books(), *archives()]:
        if file.code in {"desmedido", "xml", "excel"} and file.ending == "xlsx":
            book.write_bytes(file.content)
            assert memory("workbook", book) <= MOST_MEMORY, file.why


def test_the_corpus_is_large() -> None:
    assert sum(len(list(corpus())) for corpus in REFUSED) >= 80
