"""Home, the guide, and the choice of a brokerage."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from corredores.accounts.models import Brokerage
from corredores.installments.queries import debt

from .figures import figures
from .lists import frame
from .person import CHOSEN, Person, person_of, portal

_SHOWN = 50  # brokerages offered at once


@portal
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """The modules of the portal and the brokerage's figures."""
    today = timezone.localdate()
    context = {
        **frame(person, "home"),
        "figures": figures(person.viewer, today, debt(person.viewer, today)),
    }
    return render(request, "home.html", context)


@portal
def guide(request: HttpRequest, person: Person) -> HttpResponse:
    """/ayuda/: the practical guide."""
    return render(request, "help/page.html", frame(person, "help"))


@dataclass(frozen=True)
class Choice:
    """A brokerage that staff may see the portal as."""

    id: int
    name: str
    note: str


@require_safe
@login_required
def choose_brokerage(request: HttpRequest) -> HttpResponse:
    """Staff choose whose portal to see. For everybody else there is no such page."""
    person = person_of(request)
    if not person.is_staff:
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
@login_required
def switch_brokerage(request: HttpRequest) -> HttpResponseRedirect:
    """Work in another brokerage of one's own; staff: in any. Others' are not there: 404."""
    person = person_of(request)
    wanted = request.POST.get("brokerage", "")
    brokerage_id = int(wanted) if wanted.isdecimal() and len(wanted) < 18 else 0
    if person.is_staff:
        known = Brokerage.objects.filter(pk=brokerage_id).exists()
    else:
        known = brokerage_id in dict(person.brokerages)
    if not known:
        raise Http404
    request.session[CHOSEN] = brokerage_id
    return redirect("home")
