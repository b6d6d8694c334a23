"""Where a request comes from: the client's address, believed only from a known proxy."""

import ipaddress
from collections.abc import Callable
from functools import cache, lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict

from corredores.audit.actions import Source

Handler = Callable[[HttpRequest], HttpResponseBase]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
REFERENCE = "corredores.reference"
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")
_LONGEST_CHAIN = 20
_ADDRESSES = 1_024  # known, for each request asks


def source_of(request: HttpRequest) -> Source:
    """The request as the trail names it."""
    return Source(
        address=request.META.get("REMOTE_ADDR", "")[:45],
        agent=request.META.get("HTTP_USER_AGENT", "")[:200],
        reference=request.META.get(REFERENCE, ""),
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def believe_proxies(get_response: Handler) -> Handler:
    """Middleware: address and scheme as a trusted proxy tells them; anybody else's word for
    them is taken away, so that nothing further in can believe it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "")
        scheme = request.META.get("HTTP_X_FORWARDED_PROTO", "")
        for name in _FORWARDED:
            request.META.pop(name, None)
        if _trusted(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _client(chain) or request.META["REMOTE_ADDR"]
            if scheme in ("http", "https"):
                request.META["wsgi.url_scheme"] = scheme
        return get_response(request)

    return middleware


def _client(chain: str) -> str:
    """The last address before our proxies: what stands further left, anybody can write."""
    for address in reversed(chain.split(",")[-_LONGEST_CHAIN:]):
        if not _trusted(address):
            return _canonical(address)
    return ""


def _trusted(address: str) -> bool:
    return _within(address, *settings.TRUSTED_PROXIES)


@lru_cache(_ADDRESSES)
def _within(address: str, *networks: str) -> bool:
    found = _canonical(address)
    return bool(found) and any(
        ipaddress.ip_address(found) in network for network in _networks(*networks)
    )


def _canonical(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        return ""


@cache
def _networks(*names: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(name, strict=False) for name in names)
