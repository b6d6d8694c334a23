"""What the security documents promise is true of the repository beside them."""

import re
import tomllib
from importlib.metadata import version

from corredores.accounts import brakes
from corredores.env import Environment

from .sources import ROOT

PINS = dict(
    re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", (ROOT / "requirements.txt").read_text(),
               re.MULTILINE | re.IGNORECASE)
)  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def bare(requirement: str) -> str:
    return re.split(r"[\[<>=;, ]", requirement)[0].lower()


def test_every_risk_of_a_component_has_its_days() -> None:
    text = (ROOT / "SECURITY.md").read_text()
    (promise,) = re.findall(r"a dependency: critical, high, other \| (.+) days", text)
    days = [int(it) for it in promise.split(", ")]
    assert len(days) == 3
    assert days == sorted(days)
    assert "every 3 months" in text


def test_every_component_is_pinned_and_what_runs_here_is_what_is_pinned() -> None:
    wanted = {bare(it) for it in PROJECT["dependencies"]}
    pinned = {name.lower() for name in PINS}
    assert wanted - pinned == set()
    different = {it for it in wanted if PINS[it] != version(it)}
    assert different == set()


def test_every_component_that_was_chosen_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text().lower()
    assert [it for it in PROJECT["dependencies"] if bare(it) not in reasons] == []


def test_what_is_costly_is_named_with_its_brake() -> None:
    """Each brake of the settings stands in the document, and each that stands there exists."""
    text = (ROOT / "docs" / "threat-model.md").read_text()
    section = text[text.index("## What is costly") :].split("\n## ")[0]
    named = {it.lower() for it in re.findall(r"`CORREDORES_(\w+)`", section)}
    assert named <= set(Environment.model_fields)
    assert {it for it in Environment.model_fields if it.endswith("_per_minute")} <= named
    assert {"sign_ins_at_once", "export_threads", "upload_megabytes", "pdf_row_limit"} <= named


def test_how_guessing_is_braked_is_said_with_the_figures_of_the_code() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text()
    section = text[text.index("## How guessing is braked") :].split("\n## ")[0]
    minutes = int(brakes.WINDOW.total_seconds() // 60)
    known = {429}  # the status of the answer
    figures = {brakes.PER_ACCOUNT_AND_SOURCE, brakes.PER_SOURCE, brakes.PER_ACCOUNT, minutes}
    assert {int(it) for it in re.findall(r"\b\d+\b", section)} - known == figures
