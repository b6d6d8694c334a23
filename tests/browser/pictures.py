"""`make pictures`: the pictures of the README and of the guide, taken anew from a running demo.

Not named like a test, so only pytest that is asked for this very file takes them.
"""

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .conftest import Scheme, sign_in
from .portal import ROOT, Portal
from .reading import CUOTAS, downloaded

README = ROOT / "docs/pictures"
GUIDE = ROOT / "corredores/web/static/web/help"
LARGEST = 200_000  # bytes of one picture
# Debian's Chromium speaks English only; a broker's browser writes 24/11/2026.
_SPANISH_DATES = """() => document.querySelectorAll("input[type=date]").forEach(it => {
  const day = it.value.split("-").reverse().join("/");
  it.type = "text"; it.value = day; it.placeholder = "dd/mm/aaaa"; })"""
_VOUCHER_FOUND = f"{CUOTAS}?linea=GENERALES&estado=PAGADA&con_comprobante=si&moneda=PEN"


def test_take_the_pictures(portal: Portal, chromium: Browser, tmp_path: Path) -> None:
    browser, address = chromium, portal.address
    for name, (arrive, ready) in _GUIDE.items():
        page = _visit(browser, address, user="" if name == "ingresar" else "corredor1")
        arrive(page)
        expect(page.get_by_text(ready).locator("visible=true").first).to_be_visible()
        _keep(page, GUIDE / f"{name}.png")
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        page = _visit(browser, address, scheme=scheme, height=900)
        page.goto(f"{CUOTAS}?estado=VENCIDA&estado=PAGADA")
        _keep(page, README / f"cuotas-{scheme}.png")
    page = _visit(browser, address, width=390, height=900, scale=2)
    page.goto(f"{CUOTAS}?linea=VIDA&estado=PAGADA&estado=VENCIDA")
    page.locator("#tabla").evaluate("it => scrollTo(0, it.offsetTop - 76)")
    _keep(page, README / "narrow.png")
    page = _visit(browser, address)
    page.goto(_VOUCHER_FOUND)
    paper = downloaded(page, page.locator("td a[href^='/comprobantes/']").first, tmp_path)
    _write(Image.open(BytesIO(_first_page(paper))), README / "voucher.png")


def _visit(
    browser: Browser, address: str, user: str = "corredor1", width: int = 1280, height: int = 800,
    scheme: Scheme = "light", scale: int = 1,
) -> Page:  # fmt: skip
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme,
        device_scale_factor=scale, locale="es-PE", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    if user:
        sign_in(page, user)
        page.wait_for_url("/")
    return page


def _window(button: str) -> Callable[[Page], None]:
    def arrive(page: Page) -> None:
        page.goto(CUOTAS)
        page.get_by_role("button", name=button).first.click()

    return arrive


def _menu(page: Page) -> None:
    page.goto(CUOTAS)
    page.locator("#tabla").evaluate("it => scrollTo(0, it.offsetTop - 76)")
    page.locator("[data-downloads] > summary").click()


def _report(page: Page) -> None:
    _window("Descargar reportes")(page)
    window = page.locator("#dialogo-reportes")
    window.get_by_role("link", name="Seguros Generales").click()
    window.get_by_role("link", name="Cobranza efectuada").click()


def _at(address: str) -> Callable[[Page], None]:
    def arrive(page: Page) -> None:
        page.goto(address)

    return arrive


# name of the picture → how to get there, and a word that is there when it is
_GUIDE: dict[str, tuple[Callable[[Page], None], str]] = {
    "ingresar": (_at("/ingresar/"), "Ingresa a tu portal"),
    "inicio": (_at("/"), "Hola, Carla"),
    "filtros": (_window("Filtros"), "Últimos dos meses"),
    "criterios": (_window("Más criterios"), "Tipo de documento"),
    "resultados": (_at(f"{CUOTAS}?linea=VIDA"), "Por cobrar en soles"),
    "descargas": (_menu, "Fechas y montos"),
    "reportes": (_report, "Descargar Excel"),
}


def _keep(page: Page, path: Path) -> None:
    page.evaluate("document.fonts.ready")
    page.evaluate(_SPANISH_DATES)
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    _write(Image.open(BytesIO(page.screenshot())), path)
    page.context.close()


def _first_page(paper: Path) -> bytes:
    command = ["pdftoppm", "-png", "-singlefile", "-r", "110", str(paper)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _write(picture: Image.Image, path: Path) -> None:
    """As a palette of 256 colours, which is plenty for a page of ours and a third of the size."""
    small: Any = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    small.save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"{path.name} has {size:,} bytes; {LARGEST:,} are allowed")
