"""What a person reads on a page, as data."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

CUOTAS = "/estados-de-cuenta/cuotas/"
LIQUIDACIONES = "/estados-de-cuenta/liquidaciones/"
COMPROBANTES = "/estados-de-cuenta/comprobantes/"

_ROWS = """rows => rows.map(row => [...row.cells].map(cell => {
  const under = cell.querySelector(":scope > small, .reason > small");
  const small = under ? under.innerText : "";
  const all = cell.innerText;
  const top = small ? all.slice(0, all.lastIndexOf(small)) : all;
  return [cell.dataset.label, top.trim(), small.trim()];
}))"""


def rows(page: Page) -> list[dict[str, tuple[str, str]]]:
    """The rows of the table: (value, what stands under it) by the head of the column."""
    expect(page.locator("#resultados.htmx-request")).to_have_count(0)  # no skeletons
    found: Any = page.locator(".rows tbody tr").evaluate_all(_ROWS)
    return [{label: (_plain(top), _plain(small)) for label, top, small in row} for row in found]


def column(page: Page, label: str) -> list[str]:
    return [row[label][0] for row in rows(page)]


def heads(page: Page) -> list[str]:
    """The heads of the table, each with what stands under it."""
    found: list[str] = page.locator(".rows thead th").all_inner_texts()
    return [" / ".join(_plain(line) for line in head.splitlines() if line) for head in found]


def count(page: Page) -> int:
    return int(page.locator(".count strong").inner_text().replace(",", ""))


def chips(page: Page) -> list[str]:
    return [_plain(chip) for chip in page.locator(".chip").all_inner_texts()]


def totals(page: Page) -> dict[str, dict[str, str]]:
    """Word → amount of each currency's line under the table."""
    lines = {}
    for line in page.locator(".totals > div").all():
        parts = [_plain(part) for part in line.locator("dd").all_inner_texts()]
        title = _plain(line.locator("dt").inner_text())
        lines[title.split()[1]] = dict(part.split(" ", 1) for part in parts)
    return lines


def downloaded(page: Page, button: Locator, folder: Path) -> Path:
    """Press what starts a download; the file under the name that the portal gave it."""
    with page.expect_download() as started:
        button.click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def _plain(text: str) -> str:
    return re.sub(r"[\s\xa0]+", " ", text).strip()
