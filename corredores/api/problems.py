"""What the API says when it refuses: a problem object (RFC 9457), whoever refused.

{"type": "about:blank", "title", "status", "detail", "codigo", "referencia"}; `codigo` is for
programs and does not change, `detail` is for people.
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

PREFIX = "/api/"
TYPE = "application/problem+json"
_REFERENCE = "corredores.reference"
_WORDS = {
    400: ("solicitud", "La solicitud no se entiende."),
    401: ("sin_clave", "Falta una clave de API válida (Authorization: Bearer …)."),
    403: ("sin_permiso", "La clave no tiene permiso para esto."),
    404: ("no_existe", "No existe o no está a tu alcance."),
    405: ("metodo", "Esta dirección no admite ese método."),
    413: ("desmedido", "Es demasiado grande."),
    422: ("datos", "Falta un dato o no es válido."),
    429: ("demasiado", "Demasiadas llamadas: espera lo que dice Retry-After."),
    500: ("fallo", "Algo falló de nuestro lado; ya quedó registrado."),
    503: ("no_disponible", "El portal no alcanza sus datos. Inténtalo en unos segundos."),
}


def problem(
    request: HttpRequest, status: int, code: str = "", detail: str = "", **more: Any
) -> HttpResponse:
    """A refusal as the API says it; words that are not given are those of the status."""
    usual_code, usual_detail = _WORDS.get(status, _WORDS[400 if status < 500 else 500])
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or usual_detail,
        "codigo": code or usual_code,
        "referencia": request.META.get(_REFERENCE, ""),
        **more,
    }
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=TYPE)


def only_programs(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware for the API's addresses: no cookie comes in, and every refusal, be it Django's
    404 or the database's absence, leaves as a problem object."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = get_response(request)
        if response.status_code < 400 or response.headers.get("Content-Type") == TYPE:
            return response
        said = problem(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                said.headers[name] = response.headers[name]
        return said

    return middleware
