"""Bad parameters: a Spanish message beside the field, 400 on pages, 422 for files, never 500."""

import pytest
from playwright.sync_api import Page, expect

from .reading import CUOTAS, LIQUIDACIONES

DATE = "Escribe una fecha que exista, como 24/11/2026."
CHOICE = "Elige una de las opciones de la lista."
BAD = {
    "desde=2026-13-40": DATE,
    "vence_hasta=ayer": DATE,
    "linea=X": CHOICE,
    "estado=PAGADO": CHOICE,
    "importe_min=mucho": "Escribe un número, como 1234.50.",
    "desde=2026-05-02&hasta=2026-05-01": "«Hasta» no puede ser menor que «desde»: Fecha de pago.",
    "contratante=" + "x" * 10_000: "Escribe hasta 200 caracteres: van 10000.",
}
BESIDE_NO_FIELD = {
    "pagina=abc": "La página debe ser un número desde 1.",
    "pagina=9999": "La última página es la ",
    "orden=clave": "No se puede ordenar por esa columna.",
    "estdo=PAGADA": "«estdo» no es un filtro de esta lista.",
    "linea=VIDA&linea=SALUD": "Se indicó más de una vez.",
}


@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:40])
def test_the_message_stands_beside_the_field_and_nothing_is_shown(page: Page, query: str) -> None:
    answer = page.goto(f"{CUOTAS}?{query}")
    assert answer
    assert answer.status == 400
    expect(page.locator(".rows")).to_have_count(0)
    expect(page.get_by_role("alert")).to_contain_text(BAD[query])
    page.get_by_role("link", name="Corregir").click()
    field = page.locator("dialog[open] .field:has(.errors)")
    expect(field).to_be_visible()
    expect(field.locator(".errors")).to_contain_text(BAD[query])
    wrong = field.locator("[aria-invalid=true]").first
    expect(wrong).to_be_focused()
    describes = "it => it.closest('[aria-describedby]').getAttribute('aria-describedby')"
    assert field.locator(".errors").get_attribute("id") in wrong.evaluate(describes).split()


@pytest.mark.parametrize("query", BESIDE_NO_FIELD)
def test_what_has_no_field_is_said_above_the_results(page: Page, query: str) -> None:
    answer = page.goto(f"{CUOTAS}?{query}")
    assert answer
    assert answer.status == 400
    expect(page.get_by_role("alert")).to_contain_text(BESIDE_NO_FIELD[query])


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "csv"])
def test_no_file_is_made_of_them(page: Page, ending: str) -> None:
    answer = page.goto(f"/estados-de-cuenta/cuotas.{ending}?desde=2026-13-40")
    assert answer
    assert answer.status == 422
    expect(page.get_by_role("main")).to_contain_text(f"Fecha de pago desde: {DATE}")
    page.get_by_role("link", name="Volver a los filtros").click()
    expect(page.get_by_role("alert")).to_contain_text(DATE)


def test_a_mistake_in_the_window_is_said_there_without_a_new_page(page: Page) -> None:
    page.goto(LIQUIDACIONES)
    page.get_by_role("button", name="Filtros").first.click()
    page.get_by_label("Fecha de pago desde", exact=True).fill("2026-06-01")
    page.get_by_label("Fecha de pago hasta", exact=True).fill("2026-05-01")
    page.get_by_role("dialog").get_by_role("button", name="Buscar").click()
    expect(page.get_by_role("alert")).to_contain_text("no puede ser menor")
    page.get_by_role("link", name="Corregir").click()
    field = page.get_by_label("Fecha de pago hasta", exact=True)
    expect(field).to_be_focused()
    field.fill("2026-06-30")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_text("Fecha de pago 01/06/2026 – 30/06/2026")
