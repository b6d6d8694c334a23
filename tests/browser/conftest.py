"""Chromium, a running portal, and visits to it in which nothing may go wrong unseen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.chromium import ARGUMENTS, executable

from .portal import PASSWORD, Portal, shared_portal

# What tests bring about on purpose: answers of 404 or 422, fields filled with nonsense.
_ASKED_FOR = ("Failed to load resource", "does not conform", "cannot be parsed")
Scheme = Literal["light", "dark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(pytestconfig: pytest.Config, testrun_uid: str) -> Iterator[Portal]:
    with shared_portal(pytestconfig.cache.mkdir("collected-static"), testrun_uid) as started:
        yield started


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for the folder. Playwright's loop would forbid other tests the database."""
    path = executable()
    if path is None:
        pytest.fail("Chromium is missing: `make browser` installs it.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visits:
    """Opens the portal as somebody. At the end nothing may have left the site, broken the
    content security policy or thrown in the page's scripts."""

    portal: Portal
    browser: Browser
    known: dict[str, StorageState]
    contexts: list[BrowserContext] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __call__(
        self,
        user: str = "corredor1",
        *,
        width: int = 1280,
        scheme: Scheme = "light",
        javascript: bool = True,
    ) -> Page:
        """A page of a fresh visit by `user`; an empty one has not signed in."""
        context = self.browser.new_context(
            base_url=self.portal.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="es-PE",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            storage_state=self._signed_in(user) if user else None,
        )
        context.set_default_timeout(10_000)
        self._watch(context)
        return context.new_page()

    def _signed_in(self, user: str) -> StorageState:
        if user not in self.known:
            context = self.browser.new_context(base_url=self.portal.address)
            sign_in(context.new_page(), user)
            self.known[user] = context.storage_state()
            context.close()
        return self.known[user]

    def _watch(self, context: BrowserContext) -> None:
        self.contexts.append(context)
        context.on("request", lambda it: self._see(it.url))
        context.on("console", lambda it: self._hear(it.type, it.text))
        context.on("weberror", lambda it: self.said.append(str(it.error)))

    def _see(self, address: str) -> None:
        if not address.startswith((self.portal.address, "data:", "blob:")):
            self.strayed.append(address)

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(known in text for known in _ASKED_FOR):
            self.said.append(text)

    def end(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.strayed == [], "a request left the site"
        assert self.said == [], "the browser complained"


@pytest.fixture(scope="session")
def _known() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def visit(portal: Portal, chromium: Browser, _known: Any) -> Iterator[Visits]:
    visits = Visits(portal, chromium, _known)
    yield visits
    visits.end()


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """A fresh visit of corredor1, administrator of the first brokerage."""
    return visit()


def sign_in(page: Page, user: str, password: str = PASSWORD) -> None:
    page.goto("/ingresar/")
    page.get_by_label("Usuario").fill(user)
    page.get_by_label("Contraseña").fill(password)
    page.get_by_role("button", name="Ingresar", exact=True).click()
