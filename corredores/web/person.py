"""The person behind a request, and the doors that every page behind the sign-in passes."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from corredores.accounts.models import User
from corredores.accounts.second_factor import missing
from corredores.accounts.viewer import (
    NOBODY,
    STAFF_LABEL,
    Right,
    Viewer,
    auditor_of,
    may_see_as,
    places_of,
    viewer_of,
)
from corredores.database import viewing

from . import trail
from .authentication import user_of
from .limits import braked

CHOSEN = "brokerage"  # session key: the brokerage the person works in
_LET_IN = "corredores.person"  # who has passed the door of this request

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
PortalView = Callable[Concatenate[HttpRequest, "Person", P], HttpResponseBase]


@dataclass(frozen=True)
class Person:
    """Who is signed in, where they work, and where else they could."""

    name: str
    viewer: Viewer
    is_staff: bool
    brokerages: tuple[tuple[int, str], ...]
    user: User

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """All that the frame of a page is drawn from."""
        role = self.user.staff_role
        return (self.name, self.viewer, self.is_staff, self.brokerages, role)

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalnum()] or [self.name]
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def role_label(self) -> str:
        return STAFF_LABEL if self.is_staff else self.viewer.role_label

    @property
    def brokerage_name(self) -> str:
        return self.viewer.brokerage_name

    @property
    def sees_as(self) -> bool:
        """Somebody of the insurer who looks through a brokerage's eyes: each page says so."""
        return self.is_staff and self.viewer.brokerage_id is not None

    @property
    def may_see_as(self) -> bool:
        return may_see_as(self.user)

    @property
    def auditor(self) -> Viewer:
        """This person as a reader of the audit trail; NOBODY where that may not be."""
        return auditor_of(self.user, self.viewer)

    @property
    def manages(self) -> bool:
        """Whether there is anything for this person under /gestion/."""
        return self.is_staff or self.viewer.may(Right.PEOPLE) or self.auditor is not NOBODY


def person_of(request: HttpRequest) -> Person:
    """Read again on each request: a place taken away is gone at once."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the doors below let nobody else in
    return _placed(request, user)


def _placed(request: HttpRequest, user: User) -> Person:
    chosen = request.session.get(CHOSEN)
    name = user.get_full_name() or user.get_username()
    if user.is_staff:
        return Person(name, viewer_of(user, chosen), True, (), user)
    places = places_of(user)
    viewer = next((place for place in places if place.brokerage_id == chosen), None)
    return Person(
        name,
        viewer or (places[0] if places else NOBODY),
        False,
        tuple((place.brokerage_id or 0, place.brokerage_name) for place in places),
        user,
    )


def known(request: HttpRequest) -> Person | None:
    """Whom the frame of a refusal is for. None: somebody from outside, or the database does not
    say; the page is plain then."""
    let_in: Person | None = request.META.get(_LET_IN)
    user = getattr(request, "user", None)  # absent before the session is read
    try:
        person = let_in or (person_of(request) if user and user.is_authenticated else None)
    except Error:
        return None
    if person and missing(request.session, person.user, person.viewer):
        return None  # who owes a second factor is shown nothing of the inside
    return person


def entered(view: PortalView[P]) -> View[P]:
    """A page for somebody who is in: signed in, with a second factor where one is asked for,
    and not too fast. What was noted is recorded, and so is what was not there."""

    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = user_of(request)
        if not isinstance(user, User):
            return sign_in_first(request)
        person = request.META[_LET_IN] = _placed(request, user)
        if missing(request.session, person.user, person.viewer):
            return redirect("mfa_index")
        if too_fast := braked(request, person.user.pk):
            return too_fast
        try:
            response = view(request, person, *args, **kwargs)
        except Http404:
            trail.write(request, _known(person), trail.refused(request))
            raise
        with trail.closing_on_error(response):
            trail.write(request, _known(person))
        return response

    named: View[P] = wraps(view)(wrapped)  # type: ignore[assignment] # a person goes in between
    return named


def portal(view: PortalView[P]) -> View[P]:
    """A page of the portal: entered, in one brokerage, read only, behind both walls."""

    def inside(
        request: HttpRequest, person: Person, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if person.viewer is NOBODY:
            return _without_place(request, person)
        with ExitStack() as unsent, viewing(person.viewer):
            response = view(request, person, *args, **kwargs)
            unsent.enter_context(trail.closing_on_error(response))  # until the COMMIT is through
            trail.write_last(request, person.viewer)
        return response

    safe: View[P] = require_safe(entered(wraps(view)(inside)))
    return safe


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the door, and back to where the person was. An htmx call cannot follow a redirect to
    a whole page, so it is told to leave the page it is part of."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    back = redirect_to_login(htmx.current_url_abs_path or request.get_full_path())
    return HttpResponse(status=204, headers={"HX-Redirect": back.url})


def _known(person: Person) -> Viewer:
    """The viewer for the trail, also of somebody who has no place anywhere."""
    if person.viewer is not NOBODY:
        return person.viewer
    return Viewer(user_id=person.user.pk, username=person.user.username)


def _without_place(request: HttpRequest, person: Person) -> HttpResponseBase:
    if person.is_staff:
        return redirect("choose_brokerage" if person.may_see_as else "management")
    context = {
        "title": "Sin corredora",
        "text": "Tu usuario no pertenece a ninguna corredora activa. "
        "Pide al administrador de tu corredora que te agregue.",
        "back": None,
    }
    return render(request, "message.html", context, status=403)
