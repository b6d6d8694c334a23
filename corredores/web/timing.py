"""Where an answer's time went, for the browser's developer tools; only with CORREDORES_DEBUG."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]


class Database:
    """Counts a request's statements and the seconds they take, as Django's execute wrapper."""

    def __init__(self) -> None:
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - began


def server_timing(get_response: Handler) -> Handler:
    """Middleware: `Server-Timing` with the whole and the database's part, in milliseconds. A
    streamed file's rows come later and are not in it."""
    if not settings.DEBUG:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponseBase:
        database, began = Database(), time.perf_counter()
        with connection.execute_wrapper(database):
            response = get_response(request)
        whole, asked = (time.perf_counter() - began) * 1e3, database.seconds * 1e3
        response.headers["Server-Timing"] = (
            f'total;dur={whole:.1f}, db;dur={asked:.1f};desc="{database.statements} consultas"'
        )
        return response

    return middleware
