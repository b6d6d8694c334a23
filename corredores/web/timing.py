"""Where an answer's time went, for the browser's developer tools; only with CORREDORES_DEBUG."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from corredores.database.presence import counting

Handler = Callable[[HttpRequest], HttpResponseBase]


def server_timing(get_response: Handler) -> Handler:
    """Middleware: `Server-Timing` with the whole and the database's part, in milliseconds. A
    streamed file's rows come later and are not in it."""
    if not settings.DEBUG:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        with counting() as asked:
            response = get_response(request)
        whole = (time.perf_counter() - began) * 1e3
        response.headers["Server-Timing"] = (
            f"total;dur={whole:.1f}, "
            f'db;dur={asked.seconds * 1e3:.1f};desc="{asked.statements} consultas"'
        )
        return response

    return middleware
