"""Step 5 of the guide: Descargar reportes, in two steps, per negocio."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from .conftest import Visits
from .portal import Portal
from .reading import CUOTAS, downloaded

PENDING, COLLECTED = "Cuotas pendientes de pago", "Cobranza efectuada"
REPORTS = {
    "Seguros Generales": [
        PENDING, "Cuotas por estado", "Antigüedad de deuda",
        "Pólizas en riesgo de suspensión / extinción", COLLECTED, "Rechazos de cargo automático",
        "Anulaciones y notas de crédito",
    ],
    "Vida": [
        PENDING, COLLECTED, "Liquidaciones pendientes y vencidas",
        "Liquidaciones pagadas y su comprobante",
    ],
    "EPS/Salud": [
        PENDING, "Antigüedad de deuda", COLLECTED, "Facturas EPS/Salud por periodo de vigencia",
    ],
}  # fmt: skip


def window(page: Page) -> Locator:
    """The window Descargar reportes, opened from the search."""
    page.goto(CUOTAS)
    page.get_by_role("button", name="Descargar reportes").click()
    opened = page.locator("#dialogo-reportes")
    expect(opened.get_by_role("heading", name="Descargar reportes")).to_be_visible()
    return opened


@pytest.mark.parametrize("line", REPORTS)
def test_the_negocio_decides_which_reports_there_are(page: Page, line: str) -> None:
    opened = window(page)
    assert opened.locator(".segments a").all_inner_texts() == list(REPORTS)
    opened.get_by_role("link", name=line, exact=True).click()
    expect(opened.get_by_role("link", name=line, exact=True)).to_have_attribute(
        "aria-current", "step"
    )
    expect(opened.locator(".report-list strong")).to_have_text(REPORTS[line])


@pytest.mark.parametrize("line", REPORTS)
def test_a_report_is_downloaded_in_each_format(
    page: Page, portal: Portal, line: str, tmp_path: Path
) -> None:
    opened = window(page)
    opened.get_by_role("link", name=line, exact=True).click()
    opened.get_by_role("link", name=PENDING).click()
    corte = opened.get_by_label("Fecha de corte", exact=True)
    expect(corte).to_have_value(str(portal.today))
    opened.get_by_label("Moneda").select_option(label="Soles")
    files = {}
    for name in ("Excel", "PDF", "CSV"):
        button = opened.get_by_role("button", name=f"Descargar {name}")
        files[name] = downloaded(page, button, tmp_path)
    assert files["Excel"].name.startswith("cuotas-pendientes")
    sheet: Any = load_workbook(files["Excel"]).worksheets[0]
    said = {str(label): str(text) for label, text, *_ in sheet.iter_rows(values_only=True)}
    assert "Moneda: Soles" in said["Filtros"]
    assert "Total USD" not in said
    owed = _cents(said["Total PEN"])
    assert owed
    text = " ".join(PdfReader(files["PDF"]).pages[0].extract_text().split())
    assert PENDING in text
    assert _cents(text.partition("Total PEN")[2])[: len(owed)] == owed
    assert files["CSV"].read_text(encoding="utf-8-sig").count("\n") > 5


def test_another_report_can_be_chosen_without_starting_again(page: Page) -> None:
    opened = window(page)
    opened.get_by_role("link", name="Vida", exact=True).click()
    opened.get_by_role("link", name=COLLECTED).click()
    expect(opened.get_by_role("button", name="Descargar Excel")).to_be_in_viewport()
    expect(opened.locator(".report-list li")).to_have_count(1)
    opened.get_by_role("link", name="Elegir otro reporte").click()
    expect(opened.locator(".report-list li")).to_have_count(len(REPORTS["Vida"]))


def test_a_negocio_one_may_not_see_is_neither_offered_nor_there(visit: Visits) -> None:
    page = visit("lector1")
    assert window(page).locator(".segments a").all_inner_texts() == ["Vida"]
    for address in ("generales/", "salud/", "generales/cuotas-pendientes.xlsx"):
        assert page.request.get(f"/reportes/{address}").status == 404


def test_a_wrong_parameter_is_said_and_makes_no_file(page: Page) -> None:
    page.goto("/reportes/vida/")
    page.get_by_role("link", name=COLLECTED).click()
    answer = page.request.get(f"{page.url.rstrip('/')}.xlsx?desde=2026-02-30")
    assert answer.status == 422
    assert "Escribe una fecha que exista" in answer.text()


def _cents(text: str) -> list[str]:
    """The amounts in soles that a text names."""
    return re.findall(r"S/.?([\d,]+\.\d\d)", text)
