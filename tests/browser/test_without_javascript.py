"""Everything works without JavaScript: windows are pages, menus open, files come."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visits, sign_in
from .portal import Portal
from .reading import CUOTAS, downloaded, heads


@pytest.fixture
def plain(visit: Visits) -> Page:
    return visit(javascript=False)


def test_signing_in_and_out(visit: Visits) -> None:
    page = visit("", javascript=False)
    sign_in(page, "lector1")
    expect(page.get_by_role("heading", name="Hola, Luis")).to_be_visible()
    page.get_by_label("Cuenta de Luis Paredes").click()
    page.get_by_role("button", name="Salir").click()
    expect(page).to_have_url("/ingresar/")


def test_filtros_is_a_page_with_every_criterion(plain: Page, portal: Portal) -> None:
    plain.goto(CUOTAS)
    plain.get_by_role("link", name="Filtros").click()
    expect(plain.get_by_role("heading", name="Filtros de Cuotas")).to_be_visible()
    since = plain.get_by_label("Fecha de pago desde", exact=True)
    expect(since).to_have_value(str(portal.two_months_ago))
    since.fill("")
    plain.get_by_label("Línea de negocio").select_option(label="Vida")
    plain.get_by_label("Moneda", exact=True).select_option(label="Soles")
    plain.get_by_role("button", name="Buscar").click()
    expect(plain.locator(".chip")).to_have_text(
        ["Línea de negocio Vida", f"Fecha de pago hasta {portal.today:%d/%m/%Y}", "Moneda Soles"]
    )


def test_sorting_paging_chips_and_files(plain: Page, tmp_path: Path) -> None:
    plain.goto(CUOTAS)
    plain.get_by_role("link", name="Importe", exact=True).click()
    expect(plain.locator("th[aria-sort=ascending]")).to_have_text("Importe")
    plain.get_by_role("link", name="Siguiente").click()
    expect(plain.locator(".pages")).to_contain_text("Página 2 de")
    plain.get_by_role("link", name="Quitar Fecha de pago").click()
    expect(plain.locator("p.chips")).to_contain_text("Sin criterios")
    plain.locator("[data-downloads] > summary").click()
    link = plain.locator("[data-downloads] a[href*='.xlsx']")
    assert downloaded(plain, link, tmp_path).read_bytes().startswith(b"PK")
    assert heads(plain)[0].startswith("Nº póliza")


def test_reports_are_pages(plain: Page, tmp_path: Path) -> None:
    plain.goto(CUOTAS)
    plain.get_by_role("link", name="Descargar reportes").click()
    plain.get_by_role("link", name="Vida", exact=True).click()
    plain.get_by_role("link", name="Cuotas pendientes de pago").click()
    button = plain.get_by_role("button", name="Descargar CSV")
    assert downloaded(plain, button, tmp_path).suffix == ".csv"


def test_a_mistake_leads_to_the_page_with_the_field(plain: Page) -> None:
    plain.goto(f"{CUOTAS}?desde=2026-13-40")
    plain.get_by_role("link", name="Corregir").click()
    expect(plain.locator(".field:has(.errors)")).to_contain_text("Escribe una fecha que exista")


def test_the_menu_of_a_phone_opens(visit: Visits) -> None:
    page = visit(width=390, javascript=False)
    page.goto("/")
    page.get_by_text("Menú").click()
    page.get_by_role("navigation", name="Módulos").get_by_role("link", name="Cuotas").click()
    expect(page).to_have_url(CUOTAS)
