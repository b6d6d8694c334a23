"""Every page at 1280 and at 320 px, light and dark: axe finds nothing, nothing overflows."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import Visits
from .portal import PASSWORD
from .reading import COMPROBANTES, CUOTAS, LIQUIDACIONES

EDGES = "?desde=&hasta=&contratante=munoz"  # a client with every kind of row
# Two rows of each state and kind of voucher are read; fifty alike would take seconds.
_THIN = """() => { const seen = {}; for (const row of document.querySelectorAll(".rows tbody tr")) {
  const kind = (row.querySelector(".state")?.className ?? "") + !!row.querySelector(".reason");
  if ((seen[kind] = (seen[kind] ?? 0) + 1) > 2) row.remove();
} }"""
_axe = Axe()


def _cuota(page: Page) -> None:
    page.goto(f"{CUOTAS}?con_comprobante=si")
    page.locator("td a[href*='/cuotas/']").first.click()
    expect(page.get_by_role("heading", name="Comprobantes")).to_be_visible()


def _filters(page: Page) -> None:
    page.goto(f"{CUOTAS}?poliza=9999999999")
    page.get_by_role("button", name="Filtros").first.click()


def _criteria(page: Page) -> None:
    page.goto(f"{CUOTAS}?importe_min=mucho")
    page.get_by_role("link", name="Corregir").click()


def _reports(page: Page) -> None:
    page.goto(f"{CUOTAS}?poliza=9999999999")
    page.get_by_role("button", name="Descargar reportes").click()
    page.locator("#dialogo-reportes").get_by_role("link", name="Vida").click()
    page.locator("#dialogo-reportes").get_by_role("link", name="Cobranza efectuada").click()
    expect(page.get_by_role("button", name="Descargar Excel")).to_be_visible()


def _downloads(page: Page) -> None:
    page.goto(f"{CUOTAS}{EDGES}")
    page.locator("[data-downloads] > summary").click()


def _meaning(page: Page) -> None:
    page.goto(f"{CUOTAS}{EDGES}")
    page.locator("button.state").first.click()


def _permissions(page: Page) -> None:
    page.goto("/gestion/personas/")
    page.get_by_role("link", name="Permisos").first.click()
    expect(page.get_by_role("heading", name="Retirar")).to_be_visible()


def _codes(page: Page) -> None:
    """Where an app is paired; the password is asked for again on the way."""
    page.goto("/cuenta/segundo-factor/aplicacion/")
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_role("img", name="Código QR")).to_be_visible()


def _at(address: str) -> Callable[[Page], None]:
    return lambda page: void(page.goto(address))


def void(_nothing: object) -> None:
    """So that an address is a step like the others."""


PAGES = {
    "inicio": _at("/"),
    "cuotas": _at(f"{CUOTAS}{EDGES}"),
    "cuotas de vida": _at(f"{CUOTAS}{EDGES}&linea=VIDA"),
    "cuotas de generales": _at(f"{CUOTAS}{EDGES}&linea=GENERALES"),
    "liquidaciones": _at(f"{LIQUIDACIONES}{EDGES}"),
    "comprobantes": _at(f"{COMPROBANTES}?comprobante=F001-1&desde=&hasta="),
    "una cuota": _cuota,
    "filtros": _filters,
    "más criterios con un error": _criteria,
    "descargas": _downloads,
    "un estado explicado": _meaning,
    "ventana de reportes": _reports,
    "reportes": _at("/reportes/generales/antiguedad-de-deuda/"),
    "filtros como página": _at(f"{CUOTAS}filtros/"),
    "error en la dirección": _at(f"{CUOTAS}?linea=X&pagina=0"),
    "archivo imposible": _at("/estados-de-cuenta/cuotas.pdf?desde=x"),
    "no existe": _at("/no-existe/"),
    "ayuda": _at("/ayuda/"),
    "mi cuenta": _at("/cuenta/"),
    "cambiar contraseña": _at("/cuenta/clave/"),
    "segundo factor": _at("/cuenta/segundo-factor/"),
    "gestión": _at("/gestion/"),
    "personas": _at("/gestion/personas/"),
    "permisos": _permissions,
    "auditoría": _at("/gestion/auditoria/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(visit: Visits, name: str) -> None:
    read_in_every_way(visit(), PAGES[name])


@pytest.mark.parametrize("address", ["/ingresar/", "/clave/olvidada/", "/clave/lista/"])
def test_nor_at_the_door(visit: Visits, address: str) -> None:
    read_in_every_way(visit(""), _at(address))


def test_nor_where_a_second_factor_is_added(visit: Visits) -> None:
    page = visit("cobranza1")
    page.goto("/cuenta/segundo-factor/llaves/agregar/")
    read_in_every_way(page, lambda page: None)  # the password is asked for again
    read_in_every_way(page, _codes)
    for address in ("llaves/", "llaves/agregar/"):
        read_in_every_way(page, _at(f"/cuenta/segundo-factor/{address}"))


@pytest.mark.parametrize("address", ["/corredora/", "/corredora/?q=nadie"])
def test_nor_where_staff_choose_a_brokerage(visit: Visits, address: str) -> None:
    read_in_every_way(visit("soporte"), _at(address))


def test_nor_through_the_eyes_of_a_brokerage(visit: Visits) -> None:
    page = visit("soporte")
    page.goto("/corredora/")
    page.locator(".choose-list button").first.click()
    expect(page.get_by_text("Ves el portal como")).to_be_visible()
    read_in_every_way(page, _at("/"))


def test_the_menu_of_a_phone(visit: Visits) -> None:
    page = visit(width=320)
    page.goto("/")
    page.get_by_text("Menú").click()
    assert _violations(page) == []
    assert _sideways(page) == 0


def read_in_every_way(page: Page, arrive: Callable[[Page], None]) -> None:
    arrive(page)
    page.evaluate(_THIN)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        assert _violations(page) == [], width
        page.emulate_media(color_scheme="dark")  # changes colours, and nothing else
        assert _violations(page, runOnly=["color-contrast"]) == [], (width, "dark")
        assert _sideways(page) == 0, width
    assert _small_targets(page) == []


def _violations(page: Page, **options: Any) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe.axe_script)
    chosen = {"resultTypes": ["violations"], **options}
    found = page.evaluate("async chosen => (await axe.run(chosen)).violations", chosen)
    return [f"{it['id']}: {it['nodes'][0]['html'][:200]}" for it in found]


def _sideways(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, width)


def _small_targets(page: Page) -> list[Any]:
    """Buttons and links, outside running text, of less than 24 px."""
    found: list[Any] = page.locator("button:visible, summary:visible, td > a:visible").evaluate_all(
        """all => all.filter(it => it.getBoundingClientRect().height < 23.5
             && !it.closest("td")).map(it => it.outerHTML.slice(0, 120))"""
    )
    return found
