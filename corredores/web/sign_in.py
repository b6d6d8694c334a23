"""Signing in and out: allauth's views, invited people only, one brake on guessing."""

import datetime as dt
import hashlib
import threading
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from corredores.accounts import brakes
from corredores.accounts.models import User
from corredores.accounts.session import SOURCE, STARTED
from corredores.audit.actions import Entry, record
from corredores.audit.models import Action

from . import credentials
from .client import source_of
from .limits import too_many_tries, wait_page
from .trail import actor

_BUSY = 3  # seconds
_KNOWN_FOR = dt.timedelta(days=180)
_SALT = "known device"

# A crowd that signs in keeps a few threads busy, never all: who is in goes on working.
_places = threading.BoundedSemaphore(settings.SIGN_INS_AT_ONCE)


class SignIn(LoginView):  # type: ignore[misc] # untyped package
    """/ingresar/: hashing a password is costly, so only some do it at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _places.acquire(blocking=False):
            return wait_page(request, "Muchas personas ingresan a la vez", _BUSY, status=503)
        try:
            answer: HttpResponseBase = super().post(request, *args, **kwargs)
        finally:
            _places.release()
        return answer


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc] # untyped package
    """Nobody signs up by themselves: people are invited. Every way in and every failure is
    counted and recorded here, for allauth's views all come through its adapter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return source_of(request).address

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Stop a braked account or source before its password is even looked at."""
        name, address = credentials.get("username", ""), source_of(request).address
        if brakes.braked(name, address, known_device=_is_known(request, name)):
            raise ImmediateHttpResponse(too_many_tries(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, when the password is right and the account is in use; one answer for
        every other case, so that nobody learns which accounts there are."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        if user is not None:
            brakes.succeeded(user.username, source_of(request).address)
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """What was typed as a name is kept only where it is one: it may be a password."""
        name = credentials.get("username", "")
        brakes.failed(name, source_of(request).address)
        user = User.objects.filter(username=name).first()
        text = "" if user else "Usuario desconocido"
        record(actor(request, user), Entry(Action.SIGN_IN_FAILED, text=text))

    def login(self, request: HttpRequest, user: User) -> None:
        """A new session: its clock starts now, and it knows from where it was opened."""
        super().login(request, user)
        source = source_of(request)
        request.session[STARTED] = timezone.now().timestamp()
        request.session[SOURCE] = [source.address, source.agent]
        record(actor(request, user), Entry(Action.SIGN_IN))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            signing.dumps(_named(user.username), salt=_SALT),
            max_age=_KNOWN_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A key or a link of somebody who was deactivated opens nothing, and says nothing."""
        record(actor(request, user), Entry(Action.SIGN_IN_FAILED, text="Cuenta inactiva"))
        return redirect("account_login")

    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        """Passwords and second factors that change: told by letter, and recorded."""
        credentials.changed(self.request, user, template_prefix.rpartition("/")[2])

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """allauth's own messages are not shown: the pages say what happened."""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """/salir/: ends the session. Only by POST: no picture of another site signs one out."""
    if request.user.is_authenticated:
        record(actor(request, credentials.signed_in(request)), Entry(Action.SIGN_OUT))
    logout(request)
    return redirect("account_login")


def _is_known(request: HttpRequest, name: str) -> bool:
    """Whether this browser has signed in as this person before (a signed cookie says so)."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        return bool(signing.loads(cookie, salt=_SALT, max_age=_KNOWN_FOR) == _named(name))
    except signing.BadSignature:
        return False


def _named(name: str) -> str:
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:24]
