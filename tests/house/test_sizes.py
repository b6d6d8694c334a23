"""Small rooms, small files, small functions (design.md §9)."""

import ast
from pathlib import Path
from statistics import median

import pytest

from .sources import PACKAGE, code_lines, committed_texts, modules, name_of, rooms, tree

DRAWERS = {"utils", "util", "common", "core", "helpers", "helper", "misc", "extras", "lib"}
LONGEST_FILE, MEDIAN_FILE, MEDIAN_FUNCTION, ENGINE = 400, 90, 9, 900
HAND_WRITTEN = (".py", ".html", ".css", ".js", ".typ", ".sql", ".sh")


def test_no_room_and_no_module_is_a_drawer() -> None:
    names = {path.stem for path in PACKAGE.rglob("*") if path.is_dir() or path.suffix == ".py"}
    assert names & DRAWERS == set()


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_says_in_three_lines_what_lives_there_what_not_and_who_may_enter(
    room: Path,
) -> None:
    said = ast.get_docstring(tree(room / "__init__.py")) or ""
    assert len([line for line in said.splitlines() if line.strip()]) == 3, said


def test_no_file_is_long() -> None:
    long = {
        name: len(text.splitlines())
        for name, text in committed_texts().items()
        if name.endswith(HAND_WRITTEN)
        and "migrations" not in name
        and "tests" not in name.split("/")
        and len(text.splitlines()) > LONGEST_FILE
    }
    assert long == {}


def test_half_of_the_files_are_short() -> None:
    assert median(len(path.read_text().splitlines()) for path in modules()) <= MEDIAN_FILE


def test_half_of_the_functions_are_short() -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_the_listing_engine_stays_below_its_ceiling() -> None:
    engine = {
        name_of(path): code_lines(path) for path in modules() if path.parent.name == "listings"
    }
    assert sum(engine.values()) <= ENGINE, engine
