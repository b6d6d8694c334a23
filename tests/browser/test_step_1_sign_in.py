"""Step 1 and 2 of the guide: sign in with user and password; open Estados de cuenta."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visits, sign_in
from .portal import Portal

WRONG = "El usuario o la contraseña no son correctos."
PAGES = ("/ingresar/", "/", "/estados-de-cuenta/cuotas/", "/reportes/", "/ayuda/", "/no-existe/")


def test_user_and_password_open_the_portal_and_salir_closes_it(visit: Visits) -> None:
    page = visit("")
    page.goto("/estados-de-cuenta/cuotas/?linea=VIDA")
    expect(page.get_by_role("heading", name="Ingresa a tu portal")).to_be_visible()
    page.get_by_label("Usuario").fill("corredor1")
    page.get_by_label("Contraseña").fill("cuotas-al-dia")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Cuotas")).to_be_visible()
    assert page.url.endswith("?linea=VIDA")  # where the person wanted to go
    page.get_by_label("Cuenta de Carla Rojas").click()
    page.get_by_role("button", name="Salir").click()
    expect(page).to_have_url("/ingresar/")
    page.goto("/estados-de-cuenta/cuotas/")
    expect(page.get_by_role("heading", name="Ingresa a tu portal")).to_be_visible()


def test_a_wrong_password_and_an_unknown_user_get_the_same_words(visit: Visits) -> None:
    page = visit("")
    said = []
    for user, password in (("cobranza1", "no es esta"), ("nadie", "cuotas-al-dia")):
        sign_in(page, user, password)
        said.append(page.get_by_role("alert").inner_text())
        expect(page.get_by_label("Contraseña")).to_have_value("")
    assert said == [WRONG, WRONG]


def test_home_shows_the_modules_and_the_options_of_estados_de_cuenta(page: Page) -> None:
    page.goto("/")
    for module in ("Estados de cuenta", "Reportes de cobranza", "Ayuda"):
        expect(page.get_by_role("heading", name=module)).to_be_visible()
    options = page.get_by_role("region", name="Estados de cuenta").get_by_role("link")
    assert [text.splitlines()[0] for text in options.all_inner_texts()] == [
        "Cuotas", "Liquidaciones de prima", "Comprobantes",
    ]  # fmt: skip
    page.get_by_role("navigation").get_by_text("Estados de cuenta").click()
    page.get_by_role("link", name="Cuotas Vencidas, por vencer y pagadas").first.click()
    expect(page).to_have_url("/estados-de-cuenta/cuotas/")


def test_figures_of_home_lead_to_their_rows(page: Page) -> None:
    page.goto("/")
    figure = page.locator(".figure", has_text="Por cobrar en soles")
    amount, cuotas = figure.locator("span").all_inner_texts()[1:]
    figure.click()
    expect(page.locator(".count")).to_have_text(cuotas)
    expect(page.locator(".totals")).to_contain_text(f"Saldo {amount}")


def test_a_reader_of_life_is_offered_nothing_of_other_lines(visit: Visits) -> None:
    page = visit("lector1")
    page.goto("/estados-de-cuenta/cuotas/")
    page.get_by_role("button", name="Filtros").click()
    assert page.get_by_label("Línea de negocio").locator("option").all_inner_texts() == [
        "Todas", "Vida",
    ]  # fmt: skip


def test_staff_choose_a_brokerage_before_they_see_anything(visit: Visits, portal: Portal) -> None:
    page = visit("personal")
    page.goto("/estados-de-cuenta/cuotas/")
    expect(page.get_by_role("heading", name="Elegir corredora")).to_be_visible()
    second = portal.delivered.brokerages[1]
    page.get_by_label("Nombre, código o RUC").fill(second["ruc"])
    page.keyboard.press("Enter")
    page.get_by_role("button", name=second["nombre"]).click()
    expect(page.locator(".crumbs")).to_have_text(second["nombre"])
    page.goto("/estados-de-cuenta/cuotas/?desde=&hasta=")
    mine = [it for it in portal.delivered.installments if it["codigo_corredor"] == second["codigo"]]
    expect(page.locator(".count")).to_have_text(f"{len(mine)} cuotas")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_help_line_stands_in_the_same_place_on_every_page(visit: Visits, width: int) -> None:
    signed_in, at_the_door = visit(width=width), visit("", width=width)
    places = set()
    for address in PAGES:
        page = at_the_door if address == "/ingresar/" else signed_in
        page.goto(address)
        line = page.get_by_role("contentinfo").locator("p").first
        expect(line).to_have_text("¿Alguna consulta? Llámanos al 513 5000 (opción 9)")
        places.add(line.evaluate("it => [it.getBoundingClientRect().left, it.tagName].join()"))
    assert len(places) == 1
