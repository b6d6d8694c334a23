"""The search pages: one view for every list of the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from corredores.catalog import LISTINGS
from corredores.listings import Listing, Search
from corredores.listings.page import Page, overrun

from .addresses import url
from .downloads import answer, offered
from .figures import around
from .freshness import freshness
from .kept_pages import kept_page
from .person import Person, portal
from .questions import asked
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

    def key_of(self, bound: BoundField) -> tuple[object, ...]:
        """All that a field without errors is drawn from; its declaration says the rest."""
        value, choices = bound.value(), getattr(bound.field, "choices", ())
        chosen = tuple(value) if isinstance(value, list) else value
        return (self.search.listing, bound.name, chosen, tuple(choices))

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

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """All that the frame around its rows is drawn from."""
        search = self.search
        return (search.listing, search.reader, search.query(), search.today)


def listing_or_404(slug: str, person: Person) -> Listing:
    """The list, if it exists and this person may read it; otherwise the same 404."""
    listing = BY_SLUG.get(slug)
    if listing is None or not listing.permission(person.viewer):
        raise Http404
    return listing


def search_of(request: HttpRequest, person: Person, listing: Listing) -> WatchedSearch:
    query = get_bytes_from_wsgi(request.META, "QUERY_STRING", "")
    return asked(listing, person.viewer, query, timezone.localdate())


@portal
def list_page(request: HttpRequest, person: Person, slug: str) -> HttpResponseBase:
    """One page of a list; for htmx only its results."""
    search = search_of(request, person, listing_or_404(slug, person))
    page = None if search.problems else Page(search, settings.PAGE_SIZE)
    if page and (problem := overrun(search, page)):
        search.problems.append(problem)
        page = None
    address = url(ACTIVE[slug])
    context = {
        **frame(person, ACTIVE[slug]),
        "search": ShownSearch(search),
        "page": page,
        "downloads": offered(address.rstrip("/"), search.query(), page.count) if page else (),
        "list_url": address,
        "filters_url": f"{address}filtros/?{search.query()}",
        "reports_url": url("reports"),
        **around(search, person.viewer),
    }
    response = shown(request, "listing/page.html", context)
    if page:
        note(request, searched(search))
    return response


def shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a search, or what is wrong with it; for htmx only its results."""
    page: Page | None = context["page"]
    context["only_results"] = only_results(request)
    part = "listing/results.html" if context["only_results"] else template
    if page:
        response = kept_page(request, part, context, page.body)
    else:
        response = render(request, part, context, status=400)
    patch_vary_headers(response, ["HX-Request"])
    return response


@portal
def filters_page(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """The windows of a list as a plain page, for browsers without JavaScript."""
    search = search_of(request, person, listing_or_404(slug, person))
    context = {
        **frame(person, ACTIVE[slug]),
        "search": ShownSearch(search),
        "list_url": url(ACTIVE[slug]),
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
    if "HTTP_HX_REQUEST" not in request.META:  # most pages: django-htmx reads all headers
        return False
    htmx = request.htmx  # type: ignore[attr-defined] # set by django-htmx's middleware
    return bool(htmx) and not htmx.history_restore_request
