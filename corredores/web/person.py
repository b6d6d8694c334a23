"""The person behind a request, and the door that every page of the portal passes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from corredores.accounts.models import User
from corredores.accounts.viewer import NOBODY, STAFF_LABEL, Viewer, places_of, viewer_of
from corredores.database import viewing

CHOSEN = "brokerage"  # session key: the brokerage the person works in

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


def person_of(request: HttpRequest) -> Person:
    """Read again on each request: a place taken away is gone at once."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the doors below let nobody else in
    chosen = request.session.get(CHOSEN)
    name = user.get_full_name() or user.get_username()
    if user.is_staff:
        return Person(name, viewer_of(user, chosen), True, ())
    places = places_of(user)
    viewer = next((place for place in places if place.brokerage_id == chosen), None)
    return Person(
        name,
        viewer or (places[0] if places else NOBODY),
        False,
        tuple((place.brokerage_id or 0, place.brokerage_name) for place in places),
    )


def portal(view: PortalView[P]) -> View[P]:
    """A page of the portal: signed in, in one brokerage, read only, behind both walls."""

    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        person = person_of(request)
        if person.viewer is NOBODY:
            return _without_place(request, person)
        with viewing(person.viewer):
            return view(request, person, *args, **kwargs)

    named: View[P] = wraps(view)(wrapped)  # type: ignore[assignment] # a person goes in between
    safe: View[P] = require_safe(named)
    return safe


def sign_in_first(request: HttpRequest) -> HttpResponseRedirect:
    return redirect_to_login(request.get_full_path())


def _without_place(request: HttpRequest, person: Person) -> HttpResponseBase:
    if person.is_staff:
        return redirect("choose_brokerage")
    context = {
        "title": "Sin corredora",
        "text": "Tu usuario no pertenece a ninguna corredora activa. "
        "Pide al administrador de tu corredora que te agregue.",
        "back": None,
    }
    return render(request, "message.html", context, status=403)
