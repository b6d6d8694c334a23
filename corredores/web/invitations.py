"""/invitacion/…: from the link in a letter to a place in a brokerage."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from corredores.accounts import brakes
from corredores.accounts.actions import NotThereError, account_of, join
from corredores.accounts.invitation import Invitation, open_invitation
from corredores.accounts.models import Role, User

from .client import posted, source_of
from .credentials import signed_in
from .limits import too_many_tries
from .person import CHOSEN

TOKEN = "invitation"  # noqa: S105 - the session key of the link's secret, not the secret


class NewPerson(forms.Form):
    """Name and password of somebody new. The username is the invited address."""

    first_name = forms.CharField(label="Nombres", max_length=150)
    last_name = forms.CharField(label="Apellidos", max_length=150)
    password = forms.CharField(
        label="Contraseña",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Desde 8 caracteres; mejor 15 o más. Puedes pegarla de un gestor de contraseñas.",
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        person = User(
            username=self._email,
            email=self._email,
            first_name=data.get("first_name", ""),
            last_name=data.get("last_name", ""),
        )
        try:
            if "password" in data:
                validate_password(data["password"], person)
        except ValidationError as error:
            self.add_error("password", error)
        return data


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link itself: its secret goes into the session, and out of the address at once."""
    address = source_of(request).address
    guesses = f"invitaciones de {address}"
    if brakes.braked(guesses, address):
        return too_many_tries(request)
    if open_invitation(token) is None:
        brakes.failed(guesses, address)
        return _ended(request)
    request.session[TOKEN] = token
    return redirect("invitation")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponseBase:
    """Say who one is (or, with an account, simply agree), and be in."""
    token = request.session.get(TOKEN, "")
    invitation = open_invitation(token) if token else None
    if invitation is None:
        return _ended(request)
    account = account_of(invitation.email)
    if account is not None:
        return _join_as(request, invitation, token, account)
    form = NewPerson(posted(request), email=invitation.email)
    if request.method != "POST" or not form.is_valid():
        return _page(request, invitation, "new", form)
    return _enter(request, token, form.cleaned_data)


def _enter(request: HttpRequest, token: str, new: dict[str, str]) -> HttpResponseBase:
    try:
        user = join(token=token, source=source_of(request), new=new)
    except NotThereError:
        return _ended(request)
    request.session.pop(TOKEN, None)
    answer: HttpResponse = perform_login(request, Login(user=user, email=user.email))
    return answer


def _join_as(
    request: HttpRequest, invitation: Invitation, token: str, account: User
) -> HttpResponseBase:
    """The address has an account: only who is signed in with it takes the place."""
    if not request.user.is_authenticated or signed_in(request).pk != account.pk:
        return _page(request, invitation, "sign_in", None)
    if request.method != "POST":
        return _page(request, invitation, "agree", None)
    try:
        join(token=token, source=source_of(request), user=account)
    except NotThereError:
        return _ended(request)
    request.session.pop(TOKEN, None)
    request.session[CHOSEN] = invitation.brokerage_id
    return redirect("home")


def _page(
    request: HttpRequest, invitation: Invitation, step: str, form: NewPerson | None
) -> HttpResponse:
    context = {
        "step": step,
        "form": form,
        "email": invitation.email,
        "brokerage_name": invitation.brokerage.name,
        "role_label": Role(invitation.role).label,
    }
    return render(request, "people/invitation.html", context)


def _ended(request: HttpRequest) -> HttpResponse:
    """Used, withdrawn, too old or invented: the same answer."""
    context = {
        "title": "Esta invitación ya no sirve",
        "text": "Se usó, venció o fue retirada. Pide otra a quien administra tu corredora.",
        "back": ("/ingresar/", "Ir a ingresar"),
    }
    return render(request, "message.html", context, status=404)
