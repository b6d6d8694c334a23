"""Plain pages for refusals and failures, with a reference that is also in the log."""

import sys
from typing import Any

import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

from corredores.accounts.models import User
from corredores.audit.actions import record

from .client import REFERENCE
from .middleware import Handler, route_of
from .trail import actor, refused

log = structlog.get_logger("corredores.errors")

_RETRY = 5  # seconds: the database is usually back by then
_AWAY = (OperationalError, InterfaceError)
_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_WORDS = {
    400: ("No entendimos esa dirección", "Revisa la dirección o vuelve al inicio."),
    403: ("No se puede hacer eso", "Tu sesión no lo permite. Vuelve al inicio y prueba otra vez."),
    404: ("No encontramos esa página", "No existe o no está a tu alcance."),
    405: ("Eso no se abre así", "Vuelve al inicio y llega por el menú."),
    413: ("Eso es demasiado grande", "Envía menos de una vez."),
    500: ("Algo falló de nuestro lado", "Ya quedó registrado. Inténtalo de nuevo en un momento."),
    503: ("Volvemos en un momento", "El portal no alcanza sus datos. Inténtalo en unos segundos."),
}


def page(request: HttpRequest, code: int) -> HttpResponse:
    """The page of a status code. The reference is random: it tells nothing of the person."""
    reference = request.META.get(REFERENCE, "")
    title, text = _WORDS[code]
    log.info("error_page", status=code, reference=reference, route=route_of(request))
    context = {"code": code, "title": title, "text": text, "reference": reference}
    return render(request, "error.html", context, status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 413 if isinstance(exception, _TOO_BIG) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A person's role does not reach there: that is a line of the trail."""
    user = getattr(request, "user", None)
    if isinstance(exception, PermissionDenied) and isinstance(user, User):
        record(actor(request, user), refused(request))
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500; or 503 while the database is away, slow beyond its deadline, or restarting."""
    if isinstance(sys.exc_info()[1], _AWAY):
        response = page(request, 503)
        response.headers["Retry-After"] = str(_RETRY)
        return response
    return page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "", **_context: Any) -> HttpResponse:
    return page(request, 403)


def methods_said(get_response: Handler) -> Handler:
    """Middleware: where a browser would show its own page, in its own language, for an address
    that is only posted to, it shows one of ours."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        said = page(request, 405)
        said.headers["Allow"] = response.headers["Allow"]
        return said

    return middleware
