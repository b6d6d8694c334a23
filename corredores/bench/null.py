"""Granian and Django over a view that does nothing: what no page can be cheaper than."""

import sys
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from granian import Granian
from granian.constants import Interfaces


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"nothing", headers={"Content-Length": "7"})


urlpatterns = [path("", nothing)]


def application(*call: Any) -> Any:
    """WSGI; a worker of the server finds it by name."""
    return _handler()(*call)


_made: list[WSGIHandler] = []


def _handler() -> WSGIHandler:
    if not _made:
        settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
        _made.append(WSGIHandler())
    return _made[0]


if __name__ == "__main__":
    Granian(
        "corredores.bench.null:application",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_access=False,
        log_enabled=False,
    ).serve()
