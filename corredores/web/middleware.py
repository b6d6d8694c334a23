"""What holds for every answer, whatever view made it."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from corredores.accounts.session import SessionStore
from corredores.database.deadline import deadline

from .client import REFERENCE

Handler = Callable[[HttpRequest], HttpResponseBase]
METHODS = ("GET", "HEAD", "POST")
_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_QUIET = ("/sesion/", "/livez")  # asked by programs, and no activity of a person
_FILES = (".xlsx", ".pdf", ".csv")
_SMALL = (None, "", "text/plain", "application/x-www-form-urlencoded")  # no body to speak of
_SECONDS = 7  # that a page may wait; with one more try to connect (3 s) it ends within 10
FILE_SECONDS = 300  # that a file may take, out or in

log = structlog.get_logger("corredores.access")


def reference(get_response: Handler) -> Handler:
    """A random reference for each request, and one line of the access log: the route, never
    the address, whose query may hold names and whose path may hold keys."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.META[REFERENCE] = secrets.token_hex(4).upper()
        started = time.monotonic()
        response = get_response(request)
        if not request.path.startswith("/static/"):
            log.info(
                "request",
                method=request.method if request.method in METHODS else "other",
                route=route_of(request),
                status=response.status_code,
                ms=round((time.monotonic() - started) * 1000),
                reference=request.META[REFERENCE],
            )
        return response

    return middleware


def limited_in_time(get_response: Handler) -> Handler:
    """Each request ends within its deadline, also when the database hangs."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        a_file = request.path.endswith(_FILES) or request.content_type not in _SMALL
        with deadline(FILE_SECONDS if a_file else _SECONDS):
            return get_response(request)

    return middleware


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, as `comprobantes/<int:pk>.pdf`: it holds nobody's data."""
    return request.resolver_match.route if request.resolver_match else ""


def keep_session(get_response: Handler) -> Handler:
    """Whoever asks for a page is there: the session's idle time begins anew."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = request.session
        if isinstance(session, SessionStore) and not request.path.startswith(_QUIET):
            session.touch()
        return response

    return middleware


def allowed_methods(get_response: Handler) -> Handler:
    """A plain view answers TRACE, PUT and FOO like GET; the portal answers 405. No address of
    ours has a NUL, and PostgreSQL knows no text with one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path:
            raise BadRequest
        return get_response(request)

    return middleware


def response_headers(get_response: Handler) -> Handler:
    """Pages and files hold personal data: no cache keeps them, no other site embeds them, and
    a browser runs nothing in them that is not ours."""
    content = "; ".join(
        f"{what} {whence}" for what, whence in settings.CONTENT_SECURITY_POLICY.items()
    )

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", _DEVICES)
        response.headers.setdefault("Content-Security-Policy", content)
        return response

    return middleware
