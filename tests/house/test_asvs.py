"""docs/asvs.md names every binding line, and every test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+) \| (.+) \|$", re.MULTILINE)
BINDING = """
1.2.1-5 1.2.8 1.2.10 1.3.7 1.3.11 1.5.1 2.2.1-2 2.3.3 2.4.1 3.2.1 3.3.1-4 3.4.1-6 3.4.8 3.5.1 3.5.3
3.5.8 3.7.2 4.1.1 4.1.3 4.1.4 5.2.1-3 5.3.2 5.4.1-3 6.1.1 6.2.1-10 6.3.1 6.3.3 6.3.7 6.3.8 6.4.3
6.4.6 6.5.1 6.5.5 6.6.3 7.2.3-4 7.3.1-2 7.4.1-5 8.2.1-3 8.3.1-2 8.4.1 11.4.2 11.5.1 12.1.1 12.2.1
12.3.1 13.2.2 13.3.1 13.4.1-6 14.2.1-2 14.2.6 14.2.7 14.3.2 15.1.1-3 15.2.1-2 15.3.1 15.3.3 15.3.7
15.4.2 16.2.1-5 16.3.1-4 16.4.1-2 16.5.1-4
"""


def binding() -> set[str]:
    found = set()
    for word in BINDING.split():
        section, _dot, numbers = word.rpartition(".")
        first, _dash, last = numbers.partition("-")
        found |= {f"{section}.{n}" for n in range(int(first), int(last or first) + 1)}
    return found


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {it.name for it in tree.body if isinstance(it, ast.FunctionDef)}


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall((ROOT / "docs" / "asvs.md").read_text())


def test_every_binding_line_stands_there_once() -> None:
    named = [line for line, _how, _tests in rows()]
    assert set(named) == binding()
    assert len(named) == len(set(named))


def test_every_test_that_is_named_exists() -> None:
    missing = []
    for line, _how, named in rows():
        tests = re.findall(r"`([^`]+)`", named)
        assert tests, line
        for path, _colons, name in (it.partition("::") for it in tests):
            if not (ROOT / path).exists() or name not in names_in(path):
                missing.append(f"{line}: {path}::{name}")
    assert missing == []
