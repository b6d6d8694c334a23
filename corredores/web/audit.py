"""/gestion/auditoria/: who saw what, for auditors; reading it is itself recorded."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from corredores.accounts.viewer import NOBODY, Viewer
from corredores.audit.actions import Entry
from corredores.audit.listing import AUDITORIA
from corredores.audit.models import Action
from corredores.database import viewing
from corredores.listings import Search
from corredores.listings.caption import in_words
from corredores.listings.page import Page, overrun

from .downloads import answer, offered
from .lists import ShownSearch, frame, shown
from .person import Person, entered
from .trail import closing_on_error, note

_EVERYWHERE = "Todas las corredoras"


@require_safe
@entered
def audit(request: HttpRequest, person: Person) -> HttpResponseBase:
    """One page of the trail; for htmx only its results."""
    auditor = _auditor_or_404(person)
    address = reverse("audit")
    context = {
        **frame(person, "audit"),
        "list_url": address,
        "where": auditor.brokerage_name or _EVERYWHERE,
        "figures": (),
        "warning": None,
    }
    with viewing(auditor):
        search = _search(request, auditor)
        page = None if search.problems else Page(search, settings.PAGE_SIZE)
        if page and (problem := overrun(search, page)):
            search.problems.append(problem)
            page = None
        query = search.query()
        context |= {
            "search": ShownSearch(search),
            "page": page,
            "downloads": offered(address.rstrip("/"), query, page.count) if page else (),
            "filters_url": f"{address}?{query}",
        }
        response = shown(request, "audit/page.html", context)
    if page:
        note(request, _read(search, ""))
    return response


@require_safe
@entered
def audit_file(request: HttpRequest, person: Person, ending: str) -> HttpResponseBase:
    """The same search as a file."""
    auditor = _auditor_or_404(person)
    named = replace(auditor, brokerage_name=auditor.brokerage_name or _EVERYWHERE)
    with viewing(auditor):
        search = _search(request, auditor)
        response = answer(request, replace(person, viewer=named), search, ending)
        if response.status_code == 200:
            with closing_on_error(response):
                note(request, _read(search, f".{ending}"))
    return response


def _auditor_or_404(person: Person) -> Viewer:
    if person.auditor is NOBODY:
        raise Http404
    return person.auditor


def _search(request: HttpRequest, auditor: Viewer) -> Search:
    return Search(AUDITORIA, auditor, request.GET, timezone.localdate())


def _read(search: Search, ending: str) -> Entry:
    given = {key: values for key, values in search.params.lists() if any(values)}
    return Entry(Action.AUDITED, f"auditoria{ending}", in_words(search), given, search.count)
