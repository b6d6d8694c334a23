"""Pages go compressed, to a fraction of their size (`corredores bench --only wire`).

An answer's length could tell what stands in it beside words that an attacker made the browser
ask for (BREACH). So the CSRF token is masked anew in each page (Django's doing), and a header
of random length blurs the rest.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from isal import igzip

Handler = Callable[[HttpRequest], HttpResponseBase]
_TYPES = ("text/html", "application/json")
_SHORTEST = 600  # bytes; below, it is not worth the work
_BROWSERS, _LONGEST_HEADER = 256, 200  # ways to say what a browser takes; characters
_LONGEST_NOISE = 64  # bytes

# In the order of preference. Brotli at its fastest is slower than isal, for hardly fewer bytes.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda content: igzip.compress(content, compresslevel=1, mtime=0),
}


def compressed(get_response: Handler) -> Handler:
    """Middleware: whole answers of text, in the best coding that the client takes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponse) or not _worth(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        coding = coding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if coding:
            response.content = CODINGS[coding](response.content)
            response.headers["Content-Encoding"] = coding
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["X-Noise"] = secrets.token_hex(secrets.randbelow(_LONGEST_NOISE) + 1)
        return response

    return middleware


def _worth(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    whole = "Content-Encoding" not in response.headers
    return whole and kind in _TYPES and len(response.content) >= _SHORTEST


def coding_for(accepted: str) -> str:
    """The first of ours that `Accept-Encoding` names and does not refuse (`br;q=0`), or ""."""
    return _coding_for(accepted) if len(accepted) <= _LONGEST_HEADER else ""


@lru_cache(_BROWSERS)
def _coding_for(accepted: str) -> str:
    named = (part.strip().partition(";") for part in accepted.lower().split(","))
    taken = {name.strip() for name, _, weight in named if not _refused(weight)}
    return next((coding for coding in CODINGS if coding in taken), "")


def _refused(weight: str) -> bool:
    name, _, value = weight.strip().partition("=")
    return name == "q" and value.strip("0.") == ""
