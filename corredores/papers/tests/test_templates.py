"""Every `.typ` of the house: no package, no network, no evaluation of text."""

from pathlib import Path

import pytest

import corredores

ROOT = Path(corredores.__file__).parent
TEMPLATES = sorted(ROOT.rglob("*.typ"))
FORBIDDEN = ("@preview", "@local", "http:", "https:", "eval(", "read(", "plugin(")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_import_only_the_letterhead(template: Path) -> None:
    lines = template.read_text().splitlines()
    imports = [line for line in lines if "import" in line.split("//")[0]]
    assert all(line.startswith('#import "letterhead.typ"') for line in imports)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
@pytest.mark.parametrize("word", FORBIDDEN)
def test_templates_reach_nothing_outside(template: Path, word: str) -> None:
    assert word not in template.read_text()


def test_there_are_templates_to_look_at() -> None:
    names = {path.name for path in TEMPLATES}
    assert names >= {"letterhead.typ", "voucher.typ", "settlement.typ"}
