"""Step 3 of the guide, second half: the further criteria, the chips, the address."""

from playwright.sync_api import Page, expect

from .conftest import Visits
from .portal import Portal
from .reading import CUOTAS, chips, column, count, rows

PARAMETERS = {
    "linea", "estado", "desde", "hasta", "contratante", "tipo_doc", "num_doc", "poliza",
    "liquidacion", "comprobante", "tipo_comprobante", "aviso", "producto", "moneda",
    "vence_desde", "vence_hasta", "emision_desde", "emision_hasta", "pagada_desde",
    "pagada_hasta", "vigencia_desde", "vigencia_hasta", "importe_min", "importe_max", "tramo",
    "canal", "placa", "ejecutivo", "sucursal", "con_comprobante", "con_rechazo", "en_riesgo",
}  # fmt: skip


def test_the_second_button_opens_every_other_criterion_in_groups(page: Page) -> None:
    page.goto(CUOTAS)
    page.get_by_role("button", name="Más criterios").click()
    window = page.get_by_role("dialog", name="Más criterios")
    expect(window).to_be_visible()
    assert window.get_by_role("heading", level=3).all_inner_texts() == [
        "Contratante", "Póliza", "Fechas", "Deuda", "Documentos", "Gestión",
    ]  # fmt: skip
    named = page.locator("#busqueda [name]").evaluate_all("all => all.map(it => it.name)")
    assert set(named) - {"orden"} == PARAMETERS


def test_criteria_of_both_windows_add_up(page: Page, portal: Portal) -> None:
    wanted = [
        row for row in portal.recent(linea="GENERALES", moneda="USD") if float(row["importe"]) >= 50
    ]
    page.goto(CUOTAS)
    page.get_by_role("button", name="Filtros").first.click()
    page.get_by_label("Línea de negocio").select_option(label="Seguros Generales")
    page.get_by_role("dialog").get_by_role("button", name="Más criterios").click()
    page.get_by_label("Moneda", exact=True).select_option(label="Dólares")
    page.get_by_label("Importe desde").fill("50")
    page.get_by_role("dialog").get_by_role("button", name="Buscar").click()
    expect(page.locator(".chip", has_text="desde 50")).to_be_visible()
    assert count(page) == len(wanted)


def test_accents_and_case_do_not_matter_in_names(page: Page) -> None:
    page.goto(f"{CUOTAS}?desde=&hasta=&contratante=munoz+pena")
    assert "MUÑOZ & PEÑA ASOCIADOS S.A.C." in column(page, "Contratante")


def test_the_x_of_a_chip_takes_that_criterion_away(page: Page, portal: Portal) -> None:
    page.goto(f"{CUOTAS}?linea=VIDA&moneda=PEN")
    assert len(chips(page)) == 3
    page.get_by_role("link", name="Quitar Moneda: Soles").click()
    expect(page.locator(".chip")).to_have_count(2)
    assert count(page) == len(portal.recent(linea="VIDA"))
    page.get_by_role("link", name="Quitar Fecha de pago").click()
    expect(page.locator(".chip")).to_have_count(1)
    assert "desde=&" in page.url  # open, not the default again
    assert count(page) == len(portal.cuotas(linea="VIDA"))


def test_limpiar_todo_returns_to_the_defaults(page: Page, portal: Portal) -> None:
    page.goto(f"{CUOTAS}?linea=VIDA&desde=&hasta=2020-12-31&orden=importe")
    page.get_by_role("link", name="Limpiar todo").first.click()
    expect(page).to_have_url(CUOTAS)
    assert count(page) == len(portal.recent())
    page.get_by_role("button", name="Filtros").first.click()
    expect(page.get_by_label("Línea de negocio")).to_have_value("")


def test_the_address_holds_the_search_and_a_fresh_visit_forgets_it(
    page: Page, visit: Visits, portal: Portal
) -> None:
    page.goto(CUOTAS)
    page.get_by_role("button", name="Filtros").first.click()
    page.get_by_label("Línea de negocio").select_option(label="Vida")
    page.get_by_role("dialog").get_by_role("button", name="Buscar").click()
    expect(page.locator(".chip", has_text="Vida")).to_be_visible()
    page.get_by_role("link", name="Importe", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Importe")
    colleague = visit("cobranza1")
    colleague.goto(page.url)
    assert chips(colleague) == chips(page)
    assert rows(colleague) == rows(page)
    page.goto(CUOTAS)
    assert count(page) == len(portal.recent())
    page.go_back()
    expect(page.locator(".chip", has_text="Vida")).to_be_visible()
