"""An import goes down, or to the left; rooms know no HTTP; doors know no SQL (design.md §3)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from .sources import (
    DOORS,
    PACKAGE,
    ROOT,
    SWITCHBOARD,
    WORKSHOP,
    imports,
    modules,
    name_of,
    room_of,
    tree,
)

HTTP = ("django.http", "django.shortcuts", "django.urls", "django.views", "django.test")
# Parameters come as a query string has them: a bag of text, which knows nothing of a request.
BAGS_OF_PARAMETERS = {
    ("corredores/listings/filters.py", "django.http.QueryDict"),
    ("corredores/listings/search.py", "django.http.QueryDict"),
}
EVERYTHING = ("accounts", "loading", "backoffice")
UNSCOPED = {"everything", "_base_manager", "_default_manager"}
SQL_CALLS = {"raw", "cursor", "execute", "executemany", "RawSQL", "extra"}
SQL = re.compile(
    r"\bselect\s.+\sfrom\s|\binsert\s+into\s|\bupdate\s+\w+\s+set\s|\bdelete\s+from\s"
    r"|\bset_config\(|\bset\s+(local\s+)?role\b",
    re.IGNORECASE | re.DOTALL,
)


def test_every_import_goes_down_or_to_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_rooms_know_no_http() -> None:
    found = {
        (name_of(path), f"{module}.{name}")
        for path in modules()
        if room_of(path) not in (*DOORS, *WORKSHOP, *SWITCHBOARD)
        for module, name in imports(path)
        if module.startswith(HTTP)
    }
    assert found == BAGS_OF_PARAMETERS


def test_doors_know_no_sql() -> None:
    doors = [path for path in modules() if room_of(path) in DOORS]
    assert [said for path in doors for said in _sql(path)] == []


def test_sql_in_a_door_would_be_found(tmp_path: Path) -> None:
    door = tmp_path / "door.py"
    door.write_text('cursor.execute("select * from t")\nM.objects.raw("x")\nRawSQL("1", [])\n')
    assert len(list(_sql(door, tmp_path))) == 4


def test_everything_is_named_only_where_rows_are_written_or_administered() -> None:
    elsewhere = [
        f"{name_of(path)}:{line} {word}"
        for path in modules()
        if room_of(path) not in EVERYTHING
        for line, word in _unscoped(path)
    ]
    assert elsewhere == []


def test_a_room_naming_everything_would_be_found(tmp_path: Path) -> None:
    room = tmp_path / "queries.py"
    room.write_text(
        "class M:\n    everything = Manager()\n    base_manager_name = 'everything'\n"
        "M.everything.all()\ngetattr(M, 'everything')\nM._base_manager.all()\n"
    )
    assert [line for line, _word in _unscoped(room)] == [4, 5, 6]


def test_the_doors_and_the_switchboard_are_those_of_the_package() -> None:
    """So that the exemptions above cannot outlive what they exempt."""
    here = {path.stem for path in PACKAGE.iterdir()}
    assert set(SWITCHBOARD) <= here
    assert {"web", "backoffice", "console"} <= here


def _sql(path: Path, root: Path = ROOT) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = called if called in SQL_CALLS else ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = "SQL in a text" if SQL.search(node.value) else ""
        else:
            continue
        if said:
            yield f"{path.relative_to(root)}:{node.lineno} {said}"


def _unscoped(path: Path) -> list[tuple[int, str]]:
    """Where a module reaches past the viewer: `X.everything`, or by name through getattr."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in UNSCOPED:
            found.append((node.lineno, node.attr))
        if isinstance(node, ast.Call):
            words = [it.value for it in node.args if isinstance(it, ast.Constant)]
            found += [(node.lineno, word) for word in words if word in UNSCOPED]
    return sorted(found)
