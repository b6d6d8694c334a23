"""A passkey is added, asked for, used alone and removed, as a person does it in a browser."""

import contextlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visits, sign_in
from .portal import PASSWORD


@pytest.fixture
def key(visit: Visits) -> Iterator[Page]:
    """A visit of `auditor`, as whom no other file signs in, from a device that reads fingers."""
    page = visit("")
    link = page.context.new_cdp_session(page)
    link.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True,
               "automaticPresenceSimulation": True}  # fmt: skip
    link.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    with contextlib.suppress(Exception):
        link.detach()


def test_a_passkey_is_added_is_then_asked_for_opens_the_portal_alone_and_is_removed(
    key: Page,
) -> None:
    page = key
    sign_in(page, "auditor")
    page.goto("/cuenta/segundo-factor/")
    page.get_by_role("link", name="Agregar una llave").click()
    _confirm(page)
    page.get_by_role("button", name="Agregar").click()
    expect(page).to_have_url("/cuenta/segundo-factor/recuperacion/")
    page.goto("/cuenta/segundo-factor/llaves/")
    expect(page.get_by_text("Mi llave")).to_be_visible()

    _sign_out(page)
    sign_in(page, "auditor")
    expect(page.get_by_role("heading", name="Segundo paso")).to_be_visible()
    page.goto("/cuenta/")  # there is no way around it
    expect(page.get_by_role("heading", name="Segundo paso")).to_be_visible()
    page.get_by_role("button", name="Usar una llave de acceso").click()
    expect(page.get_by_role("button", name="Usar una llave de acceso")).to_have_count(0)

    _sign_out(page)
    page.get_by_role("button", name="Ingresar con una llave de acceso").click()
    expect(page.get_by_role("heading", name="Ingresa a tu portal")).to_have_count(0)
    _remove(page)
    _sign_out(page)
    sign_in(page, "auditor")
    expect(page.get_by_role("heading", name="Segundo paso")).to_have_count(0)


def _sign_out(page: Page) -> None:
    page.goto("/cuenta/")
    page.get_by_label("Cuenta de").click()
    page.get_by_role("button", name="Salir").first.click()
    expect(page).to_have_url("/ingresar/")


def _confirm(page: Page) -> None:
    """Before credentials change the portal asks once more who it is."""
    expect(page.get_by_role("heading", name="Confirma que eres tú")).to_be_visible()
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Confirmar").click()


def _remove(page: Page) -> None:
    page.goto("/cuenta/segundo-factor/llaves/")
    page.get_by_role("link", name="Quitar").click()
    expect(page.get_by_role("heading", name="Confirma que eres tú")).to_be_visible()
    page.get_by_role("link", name="Con tu contraseña").or_(
        page.get_by_label("Contraseña")
    ).first.click()
    _confirm(page)
    page.get_by_role("button", name="Quitar").click()
    expect(page).to_have_url("/cuenta/segundo-factor/llaves/")
