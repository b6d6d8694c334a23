"""Plain pages for refusals and failures, with a reference that is also in the log."""

import secrets
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = structlog.get_logger("corredores.errors")

_WORDS = {
    400: ("No entendimos esa dirección", "Revisa la dirección o vuelve al inicio."),
    403: ("No se puede hacer eso", "Tu sesión no lo permite. Vuelve al inicio y prueba otra vez."),
    404: ("No encontramos esa página", "No existe o no está a tu alcance."),
    500: ("Algo falló de nuestro lado", "Ya quedó registrado. Inténtalo de nuevo en un momento."),
}


def page(request: HttpRequest, code: int) -> HttpResponse:
    """The page of a status code. The reference is random: it tells nothing of the person."""
    reference = secrets.token_hex(4).upper()
    title, text = _WORDS[code]
    log.info("error_page", status=code, reference=reference, path=request.path)
    context = {"code": code, "title": title, "text": text, "reference": reference}
    return render(request, "error.html", context, status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "", **_context: Any) -> HttpResponse:
    return page(request, 403)
