"""Step 3 of the guide, first half: the window Filtros, its dates, and what starts a search."""

import datetime as dt
import re

from playwright.sync_api import Page, expect

from .portal import Portal
from .reading import CUOTAS, chips, column, count


def spoken(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def open_filters(page: Page) -> None:
    page.get_by_role("button", name="Filtros").first.click()
    expect(page.get_by_role("dialog", name="Filtros")).to_be_visible()


def search(page: Page) -> None:
    """Press the magnifier of the open window, and wait for the answer."""
    with page.expect_response(re.compile(CUOTAS)):
        page.get_by_role("dialog").get_by_role("button", name="Buscar").click()
    expect(page.locator("#resultados.htmx-request")).to_have_count(0)


def test_filtros_opens_a_window_whose_dates_are_the_last_two_months(
    page: Page, portal: Portal
) -> None:
    page.goto(CUOTAS)
    open_filters(page)
    window = page.get_by_role("dialog", name="Filtros")
    expect(window.get_by_label("Línea de negocio")).to_be_visible()
    expect(window.get_by_role("group", name="Estado").get_by_label("Vencida")).to_be_visible()
    expect(window.get_by_label("Fecha de pago desde", exact=True)).to_have_value(
        str(portal.two_months_ago)
    )
    expect(window.get_by_label("Fecha de pago hasta", exact=True)).to_have_value(str(portal.today))
    assert chips(page) == [
        f"Fecha de pago {spoken(portal.two_months_ago)} – {spoken(portal.today)}"
    ]
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(page.get_by_role("button", name="Filtros").first).to_be_focused()


def test_the_x_of_a_date_leaves_that_side_open(page: Page, portal: Portal) -> None:
    page.goto(CUOTAS)
    open_filters(page)
    page.get_by_role("button", name="Borrar Fecha de pago desde y dejarla abierta").click()
    expect(page.get_by_label("Fecha de pago desde", exact=True)).to_have_value("")
    search(page)
    assert "desde=&" in page.url
    assert chips(page) == [f"Fecha de pago hasta {spoken(portal.today)}"]
    until = str(portal.today)
    wanted = [
        row for row in portal.cuotas() if (row["fecha_pago"] or row["fecha_vencimiento"]) <= until
    ]
    assert count(page) == len(wanted)


def test_a_date_has_three_states_in_the_address(page: Page, portal: Portal) -> None:
    page.goto(CUOTAS)  # absent: the default
    assert count(page) == len(portal.recent())
    page.goto(f"{CUOTAS}?desde=&hasta=")  # empty: open
    assert count(page) == len(portal.cuotas())
    expect(page.locator("p.chips")).to_have_text(
        "Sin criterios: se muestra todo lo que puedes ver."
    )
    page.goto(f"{CUOTAS}?desde={portal.today}&hasta={portal.today}")  # given: that day
    assert set(column(page, "Fecha de pago")) == {spoken(portal.today)}


def test_several_states_and_a_line_are_searched_together(page: Page, portal: Portal) -> None:
    page.goto(CUOTAS)
    open_filters(page)
    window = page.get_by_role("dialog", name="Filtros")
    window.get_by_label("Línea de negocio").select_option(label="Seguros Generales")
    window.get_by_label("Pagada", exact=True).check()
    window.get_by_label("Anulada", exact=True).check()
    search(page)
    assert "Estado Pagada, Anulada" in chips(page)
    states = {"PAGADA", "ANULADA"}
    wanted = [row for row in portal.recent(linea="GENERALES") if row["estado"] in states]
    assert count(page) == len(wanted)
    assert set(column(page, "Estado")) <= {"Pagada", "Anulada"}


def test_a_changed_filter_alone_searches_nothing(page: Page) -> None:
    page.goto(CUOTAS)
    before, asked = count(page), []
    open_filters(page)
    page.context.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Línea de negocio").select_option(label="Vida")
    page.get_by_role("dialog").get_by_role("button", name="Cerrar").first.click()
    expect(page.get_by_text("Cambios sin buscar")).to_be_visible()
    assert (count(page), asked) == (before, [])
    page.get_by_role("button", name="Deshacer").click()
    expect(page.get_by_text("Cambios sin buscar")).to_be_hidden()


def test_enter_and_the_magnifier_search(page: Page, portal: Portal) -> None:
    policy = portal.recent()[0]["poliza"]
    page.goto(CUOTAS)
    page.get_by_role("button", name="Más criterios").click()
    page.get_by_label("Nº de póliza").fill(policy)
    page.keyboard.press("Enter")
    expect(page.locator(".chip", has_text=policy)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert set(column(page, "Nº póliza")) == {policy}
    open_filters(page)
    page.get_by_label("Línea de negocio").select_option(label="EPS/Salud")
    page.keyboard.press("Escape")
    page.get_by_role("search").get_by_role("button", name="Buscar").click()
    expect(page.locator(".chip", has_text="EPS/Salud")).to_be_visible()


def test_presets_fill_both_dates(page: Page, portal: Portal) -> None:
    page.goto(CUOTAS)
    open_filters(page)
    page.get_by_role("button", name="Este año").click()
    since = page.get_by_label("Fecha de pago desde", exact=True)
    expect(since).to_have_value(f"{portal.today.year}-01-01")
    page.get_by_role("button", name="Últimos dos meses").click()
    expect(since).to_have_value(str(portal.two_months_ago))
