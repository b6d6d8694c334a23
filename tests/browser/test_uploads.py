"""/gestion/cargas/ in a browser: a file is dropped, watched, refused, mended and sent again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from corredores.loading.tests.files import csv_file

from .conftest import Visits
from .portal import Portal
from .reading import downloaded
from .test_everyone_can_read import read_in_every_way, void

CARGAS = "/gestion/cargas/"
# A file as one that is dragged from a folder: the browser gives a page no other way to test it.
_DROP = """(zone, [name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/csv" }));
  const told = { dataTransfer: data, bubbles: true, cancelable: true };
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, told));
}"""


def drop(page: Page, name: str, text: str) -> None:
    page.locator("[data-drop]").evaluate(_DROP, [name, text])


def bad_file(portal: Portal, folder: Path) -> Path:
    """The core's first cuota once more, newer than it was delivered, with a thousands mark."""
    newer = {"actualizado_en": f"{portal.today}T23:00:00-05:00", "importe": "1,234.56"}
    return csv_file(folder / "malas.csv", {**portal.delivered.installments[0], **newer})


def ended(page: Page, *, reload: bool = False) -> None:
    """The page asks again by itself; without scripts the person does."""
    state = page.locator("#carga .state").first
    for _ in range(60 if reload else 0):
        if "Terminada" in state.inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(state).to_contain_text("Terminada", timeout=30_000)


def test_a_dropped_file_is_refused_mended_and_sent_again(
    visit: Visits, portal: Portal, tmp_path: Path
) -> None:
    page = visit("operador")
    page.goto(CARGAS)
    drop(page, "cuotas.csv", bad_file(portal, tmp_path).read_text())
    expect(page.locator("[data-chosen]")).to_contain_text("cuotas.csv")
    page.get_by_role("button", name="Cargar").click()
    ended(page)
    expect(page.get_by_text("No se cambió nada.")).to_be_visible()
    expect(page.get_by_role("row", name="Registro 2 importe 1,234.56")).to_be_visible()

    link = page.get_by_role("link", name="Descargar filas rechazadas")
    rejected = downloaded(page, link, tmp_path).read_text()
    mended = tmp_path / "corregido.csv"
    mended.write_text(rejected.replace('"1,234.56"', "1234.56").replace("1,234.56", "1234.56"))
    page.get_by_role("link", name="Cargar otros archivos").click()
    page.locator("#archivo").set_input_files(mended)
    page.get_by_role("button", name="Cargar").click()
    ended(page)
    expect(page.get_by_role("article").locator(".state").first).to_have_text("Cargado")
    page.get_by_role("link", name="Cargas", exact=True).click()
    expect(page.locator("#historial tbody tr").first).to_contain_text("corregido.csv")


def test_the_same_without_javascript(visit: Visits, portal: Portal, tmp_path: Path) -> None:
    page = visit("operador", javascript=False)
    page.goto(CARGAS)
    page.locator("#archivo").set_input_files(bad_file(portal, tmp_path))
    page.get_by_role("button", name="Cargar").click()
    ended(page, reload=True)
    link = page.get_by_role("link", name="Descargar filas rechazadas")
    assert "1,234.56" in downloaded(page, link, tmp_path).read_text()


def test_what_cannot_be_sent_is_said_before_it_is(visit: Visits) -> None:
    page = visit("operador")
    page.goto(CARGAS)
    page.get_by_role("button", name="Cargar").click()
    expect(page.locator("#problema")).to_have_text("Elige un archivo.")
    drop(page, "vacio.csv", "")
    expect(page.locator("#problema")).to_have_text("«vacio.csv» está vacío.")
    drop(page, "foto.csv", "\x00\x01")
    page.get_by_role("button", name="Cargar").click()
    expect(page.locator("#problema")).to_contain_text("no es CSV, Excel (.xlsx), Parquet ni ZIP")
    expect(page.locator("[data-chosen]")).to_contain_text("foto.csv")


def test_a_file_dropped_beside_the_zone_does_not_replace_the_page(visit: Visits) -> None:
    page = visit("operador")
    page.goto(CARGAS)
    page.locator("h1").evaluate(_DROP, ["a.csv", "x"])
    expect(page).to_have_url(CARGAS)
    expect(page.locator("[data-chosen]")).to_be_hidden()


def test_everyone_can_read_the_loads_and_a_refusal(visit: Visits) -> None:
    page = visit("operador")
    read_in_every_way(page, lambda it: void(it.goto(CARGAS)))
    page.goto(CARGAS)
    drop(page, "malo.csv", "id_cuota;importe\n1;x\n")
    page.get_by_role("button", name="Cargar").click()
    ended(page)
    address = page.url
    read_in_every_way(page, lambda it: void(it.goto(address)))


def test_everyone_can_read_the_tokens(visit: Visits) -> None:
    page = visit("personal")
    page.goto("/gestion/claves/")
    page.get_by_label("Para qué").fill("Carga nocturna")
    page.get_by_role("button", name="Crear clave").click()
    expect(page.get_by_text("no se volverá a mostrar")).to_be_visible()
    read_in_every_way(page, lambda _it: None)
    page.get_by_role("button", name="Revocar la clave Carga nocturna").first.click()
    expect(page.get_by_text("ya no sirve")).to_be_visible()
