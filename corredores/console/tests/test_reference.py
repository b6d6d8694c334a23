"""docs/ says what the code says."""

import re
from pathlib import Path

import pytest

from corredores.catalog import LISTINGS, REPORTS
from corredores.console.reference import FOLDER, pages
from corredores.env import Environment

ROOT = Path(__file__).parents[3]
WRITTEN = pages()


@pytest.mark.parametrize("name", WRITTEN)
def test_the_committed_page_is_fresh(name: str) -> None:
    assert (FOLDER / name).read_text() == WRITTEN[name], "run `.venv/bin/corredores docs`"


def test_there_is_no_page_that_nobody_writes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(WRITTEN)


def test_every_setting_stands_there_with_its_default() -> None:
    rows = [line for line in WRITTEN["settings.md"].splitlines() if line.startswith("| `")]
    assert len(rows) == len(Environment.model_fields)
    assert "| `CORREDORES_PAGE_SIZE` | `50` | Rows on one page of a list. |" in rows
    assert any(row.startswith("| `DATABASE_URL` | empty |") for row in rows)


def test_every_column_and_parameter_of_every_list_stands_there() -> None:
    for page, listings in (
        ("listings.md", LISTINGS),
        ("reports.md", [it for reports in REPORTS.values() for it in reports]),
    ):
        for listing in listings:
            _before, _title, said = WRITTEN[page].partition(f"## {listing.title}\n")
            described = said.partition("\n## ")[0]
            names = [it.name for it in listing.columns] + list(listing.filters.base_filters)
            assert [name for name in names if f"| `{name}` |" not in described] == []


def test_a_bar_inside_a_cell_does_not_end_it() -> None:
    """`<generales|salud>` and the like would break a table."""
    for text in WRITTEN.values():
        heads = 0
        for line in text.splitlines():
            bars = line.replace("\\|", "").count("|")
            if not line.startswith("|"):
                heads = 0
            elif not heads:
                heads = bars
            else:
                assert bars == heads, line


def test_every_module_that_the_tour_names_is_there() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text()
    package, templates = ROOT / "corredores", ROOT / "corredores/web/templates"
    named = set(re.findall(r"`([a-z_/]+(?:\.(?:py|html)|/))(?:::\w+)?`", tour))
    assert len(named) > 15
    homes = (package, templates, templates / "listing")
    assert [it for it in sorted(named) if not any((home / it).exists() for home in homes)] == []
    for module, name in re.findall(r"`([a-z_/]+\.py)::(\w+)`", tour):
        assert re.search(rf"\b{name}\b", (package / module).read_text()), name


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    words = set(re.findall(r"`(\w+)`", (ROOT / "GLOSSARY.md").read_text()))
    code = "\n".join(path.read_text() for path in (ROOT / "corredores").rglob("*.py"))
    assert [word for word in sorted(words) if not re.search(rf"(\b|_){word}(\b|_|s\b)", code)] == []
