"""The search pages: one view for every list of the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from markupsafe import Markup

from corredores.catalog import LISTINGS
from corredores.listings import Listing, Search
from corredores.listings.page import Page, overrun

from .downloads import answer, offered
from .figures import around
from .freshness import freshness
from .person import Person, portal
from .trail import WatchedSearch, note, note_file, searched

BY_SLUG = {listing.slug: listing for listing in LISTINGS}
ACTIVE = {"cuotas": "installments", "liquidaciones": "settlements", "comprobantes": "vouchers"}


@dataclass(frozen=True)
class Chip:
    """An applied criterion, and the query of the search without it."""

    label: str
    text: str
    without: str


@dataclass(frozen=True)
class ShownSearch:
    """A search as the templates read it."""

    search: Search

    def __getattr__(self, name: str) -> Any:
        return getattr(self.search, name)

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        return [
            (title, [self.search.form[name] for name in names])
            for title, names in self.search.listing.filters.groups
        ]

    @property
    def windows(self) -> Markup:
        """The two windows of filters: drawn once for all who ask the same."""
        return self.search.kept("windows", self._windows)

    def _windows(self) -> Markup:
        return Markup(render_to_string("listing/windows.html", {"search": self}))  # noqa: S704

    @property
    def criteria(self) -> tuple[Chip, ...]:
        return self.search.kept("chips", self._chips)

    def _chips(self) -> tuple[Chip, ...]:
        search = self.search
        return tuple(Chip(it.label, it.text, search.without(it)) for it in search.criteria)

    @property
    def query(self) -> str:
        return self.search.query()

    reset_query = ""


def listing_or_404(slug: str, person: Person) -> Listing:
    """The list, if it exists and this person may read it; otherwise the same 404."""
    listing = BY_SLUG.get(slug)
    if listing is None or not listing.permission(person.viewer):
        raise Http404
    return listing


def search_of(request: HttpRequest, person: Person, listing: Listing) -> WatchedSearch:
    return WatchedSearch.asked(listing, person.viewer, request.GET, timezone.localdate())


@portal
def list_page(request: HttpRequest, person: Person, slug: str) -> HttpResponseBase:
    """One page of a list; for htmx only its results."""
    search = search_of(request, person, listing_or_404(slug, person))
    page = None if search.problems else Page(search, settings.PAGE_SIZE)
    if page and (problem := overrun(search, page)):
        search.problems.append(problem)
        page = None
    address = reverse(ACTIVE[slug])
    context = {
        **frame(person, ACTIVE[slug]),
        "search": ShownSearch(search),
        "page": page,
        "downloads": offered(address.rstrip("/"), search.query(), page.count) if page else (),
        "list_url": address,
        "filters_url": f"{address}filtros/?{search.query()}",
        "reports_url": reverse("reports"),
        **around(search, person.viewer),
    }
    part = "results" if only_results(request) else "page"
    status = 400 if search.problems else 200
    response = render(request, f"listing/{part}.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if page:
        note(request, searched(search))
    return response


@portal
def filters_page(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """The windows of a list as a plain page, for browsers without JavaScript."""
    search = search_of(request, person, listing_or_404(slug, person))
    context = {
        **frame(person, ACTIVE[slug]),
        "search": ShownSearch(search),
        "list_url": reverse(ACTIVE[slug]),
    }
    return render(request, "listing/filters.html", context)


@portal
def list_file(request: HttpRequest, person: Person, slug: str, ending: str) -> HttpResponseBase:
    """The same search as a file: same address, other ending, same parameters."""
    search = search_of(request, person, listing_or_404(slug, person))
    return note_file(request, answer(request, person, search, ending), search, ending)


def frame(person: Person, active: str) -> dict[str, Any]:
    """What the frame of every page needs."""
    return {"person": person, "active": active, "data_as_of": freshness()}


def only_results(request: HttpRequest) -> bool:
    """Whether htmx asks for what changes only, and not for a page from the history."""
    htmx = request.htmx  # type: ignore[attr-defined] # set by django-htmx's middleware
    return bool(htmx) and not htmx.history_restore_request
