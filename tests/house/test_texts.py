"""What may stand in a file of the repository: no machine's paths, no unsafe markup, no puzzles."""

import re

import pytest

from .sources import ROOT, committed_texts, files

# Where markup is declared safe, how often, and why it is.
DECLARED_SAFE = {
    "corredores/web/form_token.py": 1,  # a hidden field; its value is escaped
    "corredores/web/fragments.py": 2,  # what a template of ours drew, escaping as it did; a mark
    "corredores/web/icons.py": 2,  # drawn from our own dictionary and lucide's own files
    "corredores/web/installments.py": 1,  # rows of a list: each value has passed its kind's `html`
    "corredores/web/kept_pages.py": 1,  # a mark in a template of ours
}
SAFE_IN_PYTHON = re.compile(r"\b(?:Markup|mark_safe|SafeString|format_html|html_safe)\(")
SAFE_IN_TEMPLATES = re.compile(r"\|\s*safe\b|\bautoescape\s+(?:false|off)\b")
# Written in parts, so that this file does not find itself.
MACHINES = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["root/", "home/[a-z]", "Users/", "tmp/", "work/"]) + r")"
)
INLINE = re.compile(r"<[^>]*\s(?:style|on[a-z]+)=|javascript:|<style\b", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE)
LONGEST_LINE = {".css": 260, ".js": 160}


def test_markup_is_declared_safe_only_where_this_list_says_why() -> None:
    found = {
        name: len(SAFE_IN_PYTHON.findall(text))
        for name, text in files("*.py").items()
        if SAFE_IN_PYTHON.search(text)
    }
    assert found == DECLARED_SAFE


@pytest.mark.parametrize("pattern", ["*.html", "*.jinja"])
def test_no_template_declares_anything_safe(pattern: str) -> None:
    assert [name for name, text in files(pattern).items() if SAFE_IN_TEMPLATES.search(text)] == []


def test_no_template_has_an_inline_style_script_or_handler() -> None:
    found = [
        f"{name}: {told.group()}"
        for name, text in files("*.html").items()
        for told in (INLINE.search(text), SCRIPT.search(text))
        if told
    ]
    assert found == []


def test_no_page_asks_anything_of_another_site() -> None:
    """Namespaces of XML are names, not addresses."""
    found = [
        name
        for pattern in ("*.html", "*.css", "*.js")
        for name, text in files(pattern).items()
        if re.search(r"(?:https?:)?//[a-z0-9-]+\.", text.replace("http://www.w3.org/", ""))
    ]
    assert found == []


def test_papers_fetch_nothing_and_run_no_data() -> None:
    """`@preview` would ask Typst's package host; `eval` would run what a file brought."""
    sources = files("*.typ")
    assert sources
    assert [name for name, text in sources.items() if re.search(r"@\w+/|\beval\(", text)] == []


@pytest.mark.parametrize("ending", [".css", ".js"])
def test_styles_and_scripts_are_written_for_people(ending: str) -> None:
    minified = {
        name: longest
        for name, text in files(f"*{ending}").items()
        if (longest := max(map(len, text.splitlines()))) > LONGEST_LINE[ending] or ".min." in name
    }
    assert minified == {}


def test_requirements_name_no_address() -> None:
    assert "://" not in (ROOT / "requirements.txt").read_text()


def test_no_file_names_a_path_of_a_machine() -> None:
    found = [
        f"{name}: {told.group()}"
        for name, text in committed_texts().items()
        if (told := MACHINES.search(text))
    ]
    assert found == []
