"""The house as text and as syntax trees: what the tests of this folder read."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "corredores"
DOORS = ("web", "api", "backoffice", "console")
WORKSHOP = ("bench",)  # measures rooms and pages alike
SWITCHBOARD = ("settings", "env", "urls", "wsgi", "__main__")
_BINARY = {".png", ".jpg", ".ico", ".woff2", ".pdf", ".xlsx", ".parquet", ".zip"}


def rooms() -> list[Path]:
    """The folders of the package that are rooms; `formats` is Django's, not ours to shape."""
    found = (path.parent for path in PACKAGE.glob("*/__init__.py"))
    return sorted(path for path in found if path.name != "formats")


def modules(*, tests: bool = False) -> list[Path]:
    """Our Python files, without migrations; with `tests`, the tests in the rooms too."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


def room_of(path: Path) -> str:
    """The room, or the switchboard's module, in which a file of the package stands."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of each import; the name is empty for `import module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (("." * node.level + (node.module or ""), it.name) for it in node.names)


def docstring_lines(path: Path) -> set[int]:
    """Numbers of the lines that are docstrings."""
    found: set[int] = set()
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree(path)):
        if isinstance(node, documented) and ast.get_docstring(node) is not None:
            first = node.body[0]
            found |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return found


def code_lines(path: Path) -> int:
    """Lines that are neither blank, nor a comment, nor a docstring."""
    told = docstring_lines(path)
    return sum(
        1
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith("#") and number not in told
    )


@cache
def committed_texts() -> dict[str, str]:
    """Every text file that the repository holds or is about to hold, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.splitlines() if listed.returncode == 0 else _without_git()
    paths = (ROOT / name for name in names)
    return {
        name_of(path): path.read_text(errors="replace")
        for path in paths
        if path.is_file() and path.suffix not in _BINARY
    }


def _without_git() -> list[str]:
    """From an unpacked archive: what lies here, without hidden folders and built things."""
    paths = (path for folder in (PACKAGE, ROOT / "tests") for path in folder.rglob("*"))
    return [
        *(name_of(path) for path in paths if "__pycache__" not in path.parts),
        *(path.name for path in ROOT.iterdir() if path.suffix in {".toml", ".txt", ".md"}),
    ]


def files(pattern: str) -> dict[str, str]:
    """Text of the package's files that match a glob, by their paths."""
    return {
        name_of(path): path.read_text()
        for path in sorted(PACKAGE.rglob(pattern))
        if "tests" not in path.parts
    }
