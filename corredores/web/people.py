"""/gestion/personas/: who works in a brokerage, for whoever administers it."""

from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corredores.accounts import postman
from corredores.accounts.actions import (
    NotThereError,
    PeopleError,
    change_place,
    invite,
    remove_place,
    withdraw,
)
from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Invitation, Membership, Role
from corredores.accounts.viewer import Right, Viewer

from .client import posted, source_of
from .credentials import base_of
from .lists import frame
from .person import P, Person, PortalView, View, entered

_LONGEST = 254


def people_door(view: PortalView[P]) -> View[P]:
    """For who may administer the people of the brokerage they work in; others find nothing."""

    def inside(
        request: HttpRequest, person: Person, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not person.viewer.may(Right.PEOPLE):
            raise Http404
        try:
            return view(request, person, *args, **kwargs)
        except NotThereError:
            raise Http404 from None

    return entered(wraps(view)(inside))


class PlaceForm(forms.Form):
    """A role and lines; only lines that whoever asks can see."""

    role = forms.ChoiceField(label="Rol", choices=Role.choices, initial=Role.VIEWER)
    lines = forms.MultipleChoiceField(label="Líneas", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = self.fields["lines"]
        assert isinstance(lines, forms.MultipleChoiceField)  # noqa: S101 - declared above
        lines.choices = [it for it in BusinessLine.choices if it[0] in viewer.lines]
        lines.initial = [value for value, _label in lines.choices]


class InvitationForm(PlaceForm):
    """Whom to invite."""

    email = forms.EmailField(
        label="Correo", max_length=_LONGEST, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("email", "role", "lines")


@require_safe
@people_door
def people(request: HttpRequest, person: Person) -> HttpResponse:
    """Everybody of the brokerage, and the invitations that are open."""
    return _page(request, person, InvitationForm(viewer=person.viewer))


@require_POST
@people_door
def invite_person(request: HttpRequest, person: Person) -> HttpResponse:
    """Invite an address, or send an open invitation once more."""
    form = InvitationForm(request.POST, viewer=person.viewer)
    if form.is_valid():
        try:
            invite(
                person.viewer, source=source_of(request), base=base_of(request),
                **form.cleaned_data,
            )  # fmt: skip
        except PeopleError as problem:
            form.add_error(None, str(problem))
        else:
            postman.call()
            return _said(request, f"Enviamos la invitación a {form.cleaned_data['email']}.")
    return _page(request, person, form, status=422)


@require_POST
@people_door
def withdraw_invitation(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    withdraw(person.viewer, source=source_of(request), invitation_id=pk)
    return _said(request, "Retiramos la invitación.")


@require_http_methods(["GET", "HEAD", "POST"])
@people_door
def place(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """One person's role and lines in this brokerage."""
    member = _member(person, pk)
    start = {"role": member.role, "lines": member.lines}
    form = PlaceForm(posted(request), viewer=person.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            change_place(
                person.viewer, source=source_of(request), membership_id=pk, **form.cleaned_data
            )
        except PeopleError as problem:
            form.add_error(None, str(problem))
        else:
            return _said(request, f"Guardamos los permisos de {_name(member)}.")
    context = {
        **frame(person, "people"),
        "form": form,
        "member": {"id": member.pk, "name": _name(member), "username": member.user.username},
        "own": member.user_id == person.user.pk,
    }
    return render(request, "people/place.html", context, status=422 if form.errors else 200)


@require_POST
@people_door
def remove_person(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    member = _member(person, pk)
    try:
        remove_place(person.viewer, source=source_of(request), membership_id=pk)
    except PeopleError as problem:
        form = InvitationForm(viewer=person.viewer)
        return _page(request, person, form, problem=str(problem), status=422)
    if member.user_id == person.user.pk:
        return redirect("home")
    return _said(request, f"{_name(member)} ya no tiene acceso a tu corredora.")


def _page(
    request: HttpRequest,
    person: Person,
    form: InvitationForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    open_now = Invitation.objects.filter(
        brokerage_id=_brokerage(person), used_at=None, expires_at__gt=timezone.now()
    )
    members = _members(person).order_by("user__last_name", "user__first_name", "pk")
    context = {
        **frame(person, "people"),
        "form": form,
        "problem": problem,
        "said": request.session.pop("said", ""),
        "members": [_shown(it) for it in members],
        "invitations": [
            {"id": it.pk, "email": it.email, "role": Role(it.role).label, "lines": _lines(it.lines),
             "raw": (it.role, it.lines), "expires_at": it.expires_at}
            for it in open_now
        ],
    }  # fmt: skip
    return render(request, "people/page.html", context, status=status)


def _brokerage(person: Person) -> int:
    if person.viewer.brokerage_id is None:
        raise NotThereError
    return person.viewer.brokerage_id


def _members(person: Person) -> Any:
    rows = Membership.objects.filter(brokerage_id=_brokerage(person))
    return rows.select_related("user")


def _member(person: Person, pk: int) -> Membership:
    found: Membership | None = _members(person).filter(pk=pk).first()
    if found is None:
        raise NotThereError
    return found


def _shown(member: Membership) -> dict[str, Any]:
    return {
        "id": member.pk,
        "name": _name(member),
        "username": member.user.username,
        "role": Role(member.role).label,
        "lines": _lines(member.lines),
        "active": member.user.is_active,
        "last_login": member.user.last_login,
    }


def _name(member: Membership) -> str:
    return member.user.get_full_name() or member.user.username


def _lines(lines: list[str]) -> str:
    if set(lines) == set(BusinessLine.values):
        return "Todas las líneas"
    return ", ".join(str(BusinessLine(line).label) for line in lines)


def _said(request: HttpRequest, text: str) -> HttpResponse:
    """Back to the list, which says `text` once."""
    request.session["said"] = text
    return redirect("people")
