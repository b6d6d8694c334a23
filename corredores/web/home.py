"""Home, the guide, and the choice of a brokerage."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from corredores.accounts.models import Brokerage
from corredores.audit.actions import Entry
from corredores.audit.models import Action
from corredores.installments.status import EXPLANATIONS, LABELS, TONES

from .figures import owed
from .lists import frame
from .person import CHOSEN, Person, entered, portal
from .trail import note

_SHOWN = 50  # brokerages offered at once


@portal
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """The modules of the portal and the brokerage's figures."""
    today = timezone.localdate()
    context = {
        **frame(person, "home"),
        "figures": owed(person.viewer, today),
    }
    return render(request, "home.html", context)


@require_safe
@entered
def guide(request: HttpRequest, person: Person) -> HttpResponse:
    """/ayuda/: the practical guide."""
    context = {
        **frame(person, "help"),
        "states": [
            {"label": LABELS[state], "tone": TONES[state], "meaning": meaning}
            for state, meaning in EXPLANATIONS.items()
        ],
        "pdf_row_limit": settings.PDF_ROW_LIMIT,
    }
    return render(request, "help/page.html", context)


@dataclass(frozen=True)
class Choice:
    """A brokerage that staff may see the portal as."""

    id: int
    name: str
    note: str


@require_safe
@entered
def choose_brokerage(request: HttpRequest, person: Person) -> HttpResponse:
    """Support chooses whose portal to see. For everybody else there is no such page."""
    if not person.may_see_as:
        raise Http404
    query = request.GET.get("q", "").strip()[:100]
    wanted = Q(name__icontains=query) | Q(code__iexact=query) | Q(ruc=query) if query else Q()
    found = list(Brokerage.objects.filter(wanted)[: _SHOWN + 1])
    context = {
        **frame(person, "choose"),
        "query": query,
        "more": len(found) > _SHOWN,
        "brokerages": [
            Choice(it.pk, it.name, f"{it.code} · RUC {it.ruc} · {it.get_status_display()}")
            for it in found[:_SHOWN]
        ],
    }
    return render(request, "brokerage/choose.html", context)


@require_POST
@entered
def switch_brokerage(request: HttpRequest, person: Person) -> HttpResponseRedirect:
    """Work in another brokerage of one's own; support: see as any. Others' are not there: 404."""
    wanted = request.POST.get("brokerage", "")
    brokerage_id = int(wanted) if wanted.isdecimal() and len(wanted) < 18 else 0
    if person.is_staff:
        return _see_as(request, person, brokerage_id)
    name = dict(person.brokerages).get(brokerage_id)
    if name is None:
        raise Http404
    request.session[CHOSEN] = brokerage_id
    note(request, Entry(Action.CHANGED_PLACE, name))
    return redirect("home")


def _see_as(request: HttpRequest, person: Person, brokerage_id: int) -> HttpResponseRedirect:
    """See as a brokerage, or (0) stop seeing as any."""
    if not person.may_see_as:
        raise Http404
    if brokerage_id == 0 and "brokerage" in request.POST and request.session.pop(CHOSEN, None):
        note(request, Entry(Action.SEEN_AS, person.brokerage_name, "Terminó"))
        return redirect("choose_brokerage")
    brokerage = Brokerage.objects.filter(pk=brokerage_id).first()
    if brokerage is None:
        raise Http404
    request.session[CHOSEN] = brokerage.pk
    note(request, Entry(Action.SEEN_AS, brokerage.name, f"{brokerage.code}"))
    return redirect("home")
