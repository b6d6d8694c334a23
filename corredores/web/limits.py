"""Brakes on what one person asks for: searches and files per minute, in this process."""

import math
import threading
import time
from collections import deque

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from corredores.accounts.brakes import WINDOW

from .client import REFERENCE

_MINUTE = 60.0
_FILES = ("xlsx", "pdf", "csv")


class Brake:
    """How often each key may do something within a minute. A refused try does not count."""

    def __init__(self) -> None:
        self._times: dict[int, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, key: int, most: int) -> int:
        """0 when `key` may go on, which then counts; else the seconds until it may."""
        now = time.monotonic()
        with self._lock:
            times = self._times.setdefault(key, deque())
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if len(times) >= most:
                return max(1, math.ceil(times[0] + _MINUTE - now))
            times.append(now)
            return 0

    def release_all(self) -> None:
        """Forget everything: for tests."""
        self._times.clear()


searches, files = Brake(), Brake()


def braked(request: HttpRequest, user_id: int) -> HttpResponse | None:
    """The page that asks to wait, when this person has asked for too much in a minute."""
    match = request.resolver_match
    is_file = match is not None and match.kwargs.get("ending") in _FILES
    brake = files if is_file else searches
    most = settings.EXPORTS_PER_MINUTE if is_file else settings.SEARCHES_PER_MINUTE
    seconds = brake.wait(user_id, most)
    return wait_page(request, "Vas muy rápido", seconds) if seconds else None


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """Too many wrong tries of an account or from an address: wait, whatever the secret."""
    return wait_page(request, "Demasiados intentos", int(WINDOW.total_seconds()))


def wait_page(request: HttpRequest, title: str, seconds: int, *, status: int = 429) -> HttpResponse:
    """ "Too much at once": a plain page, with the seconds also as Retry-After."""
    minutes = seconds // 60
    length = f"{minutes} minutos" if minutes > 1 else f"{seconds} segundos"
    context = {
        "title": title,
        "text": f"Espera {length} y vuelve a intentarlo.",
        "back": None,
        "reference": request.META.get(REFERENCE, ""),
    }
    response = render(request, "message.html", context, status=status)
    response.headers["Retry-After"] = str(seconds)
    return response
