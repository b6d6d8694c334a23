"""docs/operations.md and docs/legal-files.md explain every code, and no other."""

import ast
import re
from pathlib import Path

from corredores.loading.discovery import ENDINGS
from corredores.loading.kinds import KINDS
from corredores.loading.messages import CELL_MESSAGES

LOADING = Path(__file__).parents[1]
DOCS = LOADING.parents[1] / "docs"
_GIVEN_AT = {"Problem": 0, "Rule": 0, "_placed": 0, "wrong": 1}  # place of the code in a call
_IN_TEXTS = {"celdas", "comillas", "referencia", "contradice"}  # written in SQL or before a message


def _codes() -> set[str]:
    """Every code that stands in the source of this room."""
    sources = [path for path in LOADING.rglob("*.py") if "tests" not in path.parts]
    calls = [
        node
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    ]
    given = {code for call in calls if isinstance(code := _given(call), str)}
    return given | set(CELL_MESSAGES) | _IN_TEXTS


def _given(call: ast.Call) -> object:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    place = _GIVEN_AT.get(name, len(call.args))
    argument = call.args[place] if place < len(call.args) else None
    return argument.value if isinstance(argument, ast.Constant) else None


def _explained(page: str) -> set[str]:
    """The codes in the first column of the page's tables."""
    rows = re.findall(r"^\| (`[a-z_`, …]+) \|", (DOCS / page).read_text(), re.MULTILINE)
    return set(re.findall(r"`([a-z_]+)`", " ".join(rows)))


def test_every_code_is_explained() -> None:
    assert _codes() - _explained("operations.md") - _explained("legal-files.md") == set()


def test_no_code_is_explained_that_nobody_says() -> None:
    assert _explained("operations.md") - _codes() == set()


def test_every_rule_is_explained() -> None:
    rules = {rule.code for kind in KINDS for rule in kind.rules}
    assert rules <= _explained("operations.md")


def test_every_ending_that_is_read_is_named() -> None:
    page = (DOCS / "operations.md").read_text()
    assert all(ending in page for ending in ENDINGS)
