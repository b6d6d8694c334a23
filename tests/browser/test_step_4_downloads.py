"""Step 4 of the guide: Descargar resultados. The file is what the screen showed."""

import csv
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from corredores.portfolio.filtering import months_before

from .portal import PDF_ROW_LIMIT, Portal
from .reading import COMPROBANTES, CUOTAS, LIQUIDACIONES, count, downloaded, rows, totals

CAPTION = {"Corredora", "Generado por", "Datos al", "Filtros", "Total PEN"}
SIGNS = {"Soles": "S/", "Dólares": "US$"}


def _file(page: Page, ending: str, folder: Path) -> Path:
    """Open the menu and choose a format."""
    page.locator("[data-downloads] > summary").click()
    return downloaded(page, page.locator(f"[data-downloads] a[href*='.{ending}']"), folder)


def _every_row(page: Page) -> list[dict[str, tuple[str, str]]]:
    """The rows of all pages, as a person reads them one page after the other."""
    found, number = rows(page), 1
    while (following := page.get_by_role("link", name="Siguiente")).count():
        number += 1
        following.click()
        expect(page.locator(".pages")).to_contain_text(f"Página {number} de")
        found += rows(page)
    return found


def _sheet(path: Path) -> tuple[Worksheet, int]:
    """The first sheet, and the number of the line with the heads."""
    sheet: Any = load_workbook(path).worksheets[0]
    line = next(cell.row for cell in sheet["A"] if cell.value == "Nº póliza")
    return sheet, line


def _records(path: Path) -> list[dict[str, Any]]:
    sheet, top = _sheet(path)
    heads, *lines = sheet.iter_rows(min_row=top, values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def _as_shown(value: Any, currency: str = "") -> str:
    """A cell of the workbook as the screen writes it."""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if currency:
        return f"{SIGNS[currency]} {Decimal(str(value)):,.2f}"
    return "—" if value in (None, "") else re.sub(r"\s+", " ", str(value)).strip()


@pytest.fixture
def searched(page: Page, portal: Portal) -> Page:
    """Two pages of cuotas and more, in an order of our own."""
    page.goto(f"{CUOTAS}?moneda=PEN&desde={months_before(portal.today, 6)}&orden=-importe")
    assert PDF_ROW_LIMIT > count(page) > 50
    return page


def test_excel_holds_the_rows_of_all_pages_in_their_order(searched: Page, tmp_path: Path) -> None:
    path = _file(searched, "xlsx", tmp_path)
    shown, filed = _every_row(searched), _records(path)
    assert len(filed) == len(shown)
    for row, record in zip(shown, filed, strict=True):
        currency = record["Moneda"]
        assert row["Nº póliza"][0] == record["Nº póliza"]
        assert row["Contratante"][0] == _as_shown(record["Contratante"])
        assert row["Contratante"][1] == f"{record['Tipo doc.']} {record['Nº documento']}"
        assert row["Vence"][0] == _as_shown(record["Vence"])
        assert row["Fecha de pago"][0] == _as_shown(record["Fecha de pago"])
        assert row["Estado"][0] == record["Estado"]
        assert row["Importe"][0] == _as_shown(record["Importe"], currency)
        assert row["Saldo"][0] == _as_shown(record["Saldo"], currency)
        assert row["Liquidación"][0] == _as_shown(record["Liquidación"])


def test_excel_has_dates_numbers_and_texts_and_says_what_it_is(
    searched: Page, portal: Portal, tmp_path: Path
) -> None:
    said = {word: amount for line in totals(searched).values() for word, amount in line.items()}
    path = _file(searched, "xlsx", tmp_path)
    assert path.name == f"cuotas_pen_{months_before(portal.today, 6)}_{portal.today}.xlsx"
    sheet, top = _sheet(path)
    caption = {
        str(label): str(text)
        for label, text in sheet.iter_rows(max_row=top - 2, max_col=2, values_only=True)
    }
    assert sheet["A1"].value == "Cuotas"
    assert caption["Corredora"] == portal.delivered.brokerages[0]["nombre"]
    assert caption["Generado por"].startswith("Carla Rojas, ")
    assert "Moneda: Soles" in caption["Filtros"]
    assert "Datos al" in caption
    for word, amount in said.items():
        assert f"{word} {amount}" in caption["Total PEN"].replace("\xa0", " ")
    assert sheet.freeze_panes == f"A{top + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{top}:")
    heads = [cell.value for cell in sheet[top]]
    first = dict(zip(heads, sheet[top + 1], strict=True))
    assert first["Vence"].is_date
    assert first["Importe"].data_type == "n"
    assert first["Importe"].number_format == "#,##0.00"
    assert first["Nº póliza"].data_type == "s" or first["Nº póliza"].data_type == "inlineStr"
    assert isinstance(first["Nº documento"].value, str)
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[top]}
    assert widths["Contratante"] > widths["Vence"] >= len("24/11/2026")


def test_csv_holds_the_same_as_excel(searched: Page, tmp_path: Path) -> None:
    filed = _records(_file(searched, "xlsx", tmp_path))
    searched.reload()
    path = _file(searched, "csv", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *lines = csv.reader(file, delimiter=";")
    end = lines.index([])
    assert heads == list(filed[0])
    assert len(lines[:end]) == len(filed)
    for line, record in zip(lines, filed, strict=False):
        assert [_of_csv(cell) for cell in line] == [_of_excel(it) for it in record.values()]
    assert lines[end + 1] == ["Cuotas"]  # what it says of itself stands below
    assert {line[0] for line in lines[end + 2 :]} >= CAPTION


def test_pdf_holds_the_same_rows_and_its_pages_are_numbered(searched: Page, tmp_path: Path) -> None:
    path = _file(searched, "pdf", tmp_path)
    shown = [row["Nº póliza"][0] for row in _every_row(searched)]
    pdf = PdfReader(path)
    text = [page.extract_text() for page in pdf.pages]
    assert re.findall(r"^\d{10}$", "\n".join(text), re.MULTILINE) == shown
    for number, page_text in enumerate(text, start=1):
        assert f"Página {number} de {len(text)}" in " ".join(page_text.split())
        assert "Contratante" in page_text  # the heads, again on every page
    said = " ".join(text[0].split())
    assert f"{len(shown)} cuotas" in said
    assert [label for label in CAPTION if label not in said] == []
    assert "Moneda: Soles" in said
    width, height = pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height
    assert (round(width), round(height)) == (842, 595)  # A4 landscape
    fonts: Any = pdf.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    described = [font.get_object()["/FontDescriptor"] for font in fonts.values()]
    assert all("/FontFile2" in it.get_object() for it in described)  # embedded


def test_above_its_limit_the_pdf_is_said_not_cut(page: Page, portal: Portal) -> None:
    page.goto(f"{CUOTAS}?desde=&hasta=")
    total = len(portal.cuotas())
    page.locator("[data-downloads] > summary").click()
    offered = page.locator("[data-downloads] .menu-item")
    assert offered.nth(1).inner_text() == f"PDF\nHasta {PDF_ROW_LIMIT} filas; usa Excel."
    expect(page.locator("[data-downloads] a[href*='.pdf']")).to_have_count(0)
    answer = page.goto("/estados-de-cuenta/cuotas.pdf?desde=&hasta=")
    assert answer
    assert answer.status == 422
    expect(page.get_by_role("main")).to_contain_text(f"La búsqueda tiene {total} filas")
    with page.expect_download() as started:
        page.get_by_role("link", name="Descargar en Excel").click()
    assert started.value.suggested_filename.endswith(".xlsx")


def test_a_button_that_starts_a_download_says_so(searched: Page) -> None:
    summary = searched.locator("[data-downloads] > summary")
    summary.click()
    with searched.expect_download():
        searched.locator("[data-downloads] a[href*='.csv']").click()
        expect(summary).to_have_text("Preparando…")
        expect(searched.locator("#anuncio")).to_have_text("Preparando la descarga")


@pytest.mark.parametrize("address", [LIQUIDACIONES, COMPROBANTES])
def test_the_other_lists_are_downloaded_alike(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    number = count(page)
    filed = _records_of(_file(page, "xlsx", tmp_path))
    assert len(filed) == number
    assert filed[0] == rows(page)[0][page.locator(".rows th").first.inner_text().splitlines()[0]][0]


def _records_of(path: Path) -> list[str]:
    """The first column below its head."""
    sheet: Any = load_workbook(path).worksheets[0]
    heads = sheet.auto_filter.ref.partition(":")[0]
    return [cell.value for cell in sheet["A"][int(heads[1:]) :]]


def _of_csv(cell: str) -> str:
    return f"{float(cell):.2f}" if re.fullmatch(r"-?\d+\.\d+", cell) else cell


def _of_excel(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.2f}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text  # CSV has no types
