"""/cuenta/: one's own sessions, password and second factor; and how long this session lasts."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from corredores.accounts.second_factor import missing
from corredores.accounts.session import Session, SessionStore, stored
from corredores.audit.actions import Entry, record
from corredores.audit.models import Action

from .credentials import signed_in
from .devices import device
from .lists import frame
from .person import person_of
from .trail import actor


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Where this person is signed in, and the ways to change how."""
    person = person_of(request)
    here = stored(request.session.session_key or "")
    open_now = Session.objects.filter(user=person.user, expire_date__gt=timezone.now())
    context = {
        **frame(person, "account"),
        "must_set_up": missing(request.session, person.user, person.viewer),
        "sessions": [
            {
                "mark": it.mark,
                "device": device(it.agent),
                "address": it.address,
                "started_at": it.started_at,
                "seen_at": it.seen_at,
                "here": it.session_key == here,
            }
            for it in open_now.order_by("-seen_at")
        ],
    }
    return render(request, "account/page.html", context)


@require_POST
@login_required
def end_session(request: HttpRequest) -> HttpResponseRedirect:
    """End one of one's own other sessions, or all of them."""
    user = signed_in(request)
    others = Session.objects.filter(user=user).exclude(
        session_key=stored(request.session.session_key or "")
    )
    wanted = request.POST.get("sesion", "")
    chosen = [it for it in others if wanted in (it.mark, "todas")]
    if not chosen and wanted != "todas":
        raise Http404
    for session in chosen:
        session.delete()
    record(actor(request, user), Entry(Action.ENDED_SESSION, rows=len(chosen)))
    return redirect("account")


@require_GET
def session_left(request: HttpRequest) -> JsonResponse:
    """Seconds until this session ends by itself. Asking is no activity."""
    session = request.session
    assert isinstance(session, SessionStore)  # noqa: S101 - the one engine of the settings
    left = session.seconds_left() if request.user.is_authenticated else 0
    return JsonResponse({"segundos": left})


@require_POST
def stay(request: HttpRequest) -> JsonResponse:
    """ "Seguir conectado": the idle time begins anew."""
    session = request.session
    assert isinstance(session, SessionStore)  # noqa: S101 - the one engine of the settings
    if request.user.is_authenticated:
        session.touch(at_once=True)
    left = session.seconds_left() if request.user.is_authenticated else 0
    return JsonResponse({"segundos": left})
