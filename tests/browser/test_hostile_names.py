"""A name that looks like a formula and like HTML is text wherever it is shown."""

import csv
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .conftest import Visits
from .portal import Portal
from .reading import CUOTAS, column, downloaded

NAME = '=HYPERLINK("http://x")&MUÑOZ <b>'
FOUND = f"{CUOTAS}?desde=&hasta=&contratante=hyperlink"


def test_on_the_page_it_is_text(page: Page) -> None:
    page.goto(FOUND)
    assert set(column(page, "Contratante")) == {NAME}
    expect(page.locator(".rows b")).to_have_count(0)
    page.locator("td a[href*='/cuotas/']").first.click()
    expect(page.get_by_role("main")).to_contain_text(NAME)


def test_a_script_in_a_name_does_not_run(page: Page) -> None:
    page.goto(f"{CUOTAS}?desde=&hasta=&contratante=script")
    assert set(column(page, "Contratante")) == {"<script>alert('Ñ')</script> E.I.R.L."}


def test_the_policy_lets_no_script_run_that_is_not_ours(page: Page) -> None:
    answer = page.goto(FOUND)
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_in_each_file_it_is_text(page: Page, tmp_path: Path) -> None:
    page.goto(FOUND)
    files = {}
    for ending in ("xlsx", "csv", "pdf"):
        page.reload()
        page.locator("[data-downloads] > summary").click()
        link = page.locator(f"[data-downloads] a[href*='.{ending}']")
        files[ending] = downloaded(page, link, tmp_path)
    book: Any = load_workbook(files["xlsx"])
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == NAME]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}  # "f" would be a formula
    assert all(cell.hyperlink is None for cell in cells)
    with files["csv"].open(encoding="utf-8-sig", newline="") as file:
        assert any(f"'{NAME}" in row for row in csv.reader(file, delimiter=";"))
    text = " ".join("".join(it.extract_text() for it in PdfReader(files["pdf"]).pages).split())
    assert NAME in text


def test_on_paper_it_is_text(page: Page, portal: Portal, tmp_path: Path) -> None:
    voucher = next(
        it
        for it in portal.delivered.vouchers
        if it["cliente"] == NAME and it["fecha_emision"] > "2017-08-01" and it["id_cuota"]
    )
    page.goto(f"{CUOTAS}?desde=&hasta=&poliza={voucher['poliza']}")
    paper = downloaded(page, page.locator("td a[href^='/comprobantes/']").first, tmp_path)
    text = " ".join(PdfReader(paper).pages[0].extract_text().split())
    assert NAME in text


def test_in_a_search_it_is_text(visit: Visits) -> None:
    page = visit()
    page.goto(f"{CUOTAS}?desde=&hasta=")
    page.get_by_role("button", name="Más criterios").click()
    page.get_by_label("Contratante", exact=True).fill(NAME)
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text="Contratante")).to_contain_text(NAME)
    assert set(column(page, "Contratante")) == {NAME}
