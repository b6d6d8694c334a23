"""/ayuda/: the practical guide, with pictures of this portal."""

from playwright.sync_api import Page, expect

STEPS = ["Ingresa al portal", "Abre Estados de cuenta", "Busca por línea, estado y fecha de pago",
         "Trabaja con los resultados", "Descarga reportes de cobranza"]  # fmt: skip


def test_the_guide_has_five_steps_and_its_pictures_are_there(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Leer la guía").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guía práctica del portal")
    steps = page.locator("article h2").all_inner_texts()
    assert [text.strip("12345\n ") for text in steps] == [*STEPS, "Preguntas frecuentes"]
    assert page.locator(".states .state").count() == 13
    pictures = page.locator(".picture img")
    assert pictures.count() == 7
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("it => [it.naturalWidth, it.naturalHeight]") == [1280, 800]
        assert picture.get_attribute("alt")


def test_each_step_is_one_click_away(page: Page) -> None:
    page.goto("/ayuda/")
    page.get_by_role("navigation", name="Pasos de la guía").get_by_text("Buscar").click()
    expect(page.get_by_role("heading", name=STEPS[2])).to_be_in_viewport()
