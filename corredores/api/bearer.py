"""Who calls: a token of ours in the header, what it may do, and how often."""

from typing import Any

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from corredores.accounts import brakes
from corredores.audit.actions import Actor, Entry, Source, record
from corredores.audit.models import Action
from corredores.tokens.actions import recognise
from corredores.tokens.models import Scope, Token

_LONGEST = 200


class Refused(Exception):  # noqa: N818 - an answer, not an error of ours
    """An answer that is a problem object: status, code and, where it differs, its words."""

    def __init__(
        self, status: int, code: str = "", detail: str = "", *, retry_after: int = 0
    ) -> None:
        super().__init__(status, code)
        self.status, self.code, self.detail = status, code, detail
        self.retry_after = retry_after


class Bearer(HttpBearer):
    """A token with one scope. Guessing is braked as at every other door (accounts/brakes.py)."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token; `Refused` with 401, 403 or 429, each a line of the trail."""
        address, secret = source_of(request).address, token[:_LONGEST]
        account = f"api:{secret}"
        if brakes.braked(account, address, known_device=True):
            wait = int(brakes.WINDOW.total_seconds())
            raise Refused(429, "intentos", "Demasiadas claves equivocadas.", retry_after=wait)
        found = recognise(secret)
        if found is None:
            brakes.failed(account, address)
            _record_refusal(request, "Clave de API desconocida, vencida o revocada")
            raise Refused(401, "clave_no_valida", "La clave no existe, venció o fue revocada.")
        if not found.may(self._scope):
            _record_refusal(request, f"Sin el permiso {self._scope.value}", found)
            raise Refused(403, "sin_permiso", f"La clave no tiene el permiso {self._scope.value}.")
        return found


class PerToken(AuthRateThrottle):
    """Calls of one token in a minute, counted in this process."""

    cache = LocMemCache("api", {})

    def __init__(self) -> None:
        super().__init__(f"{settings.API_CALLS_PER_MINUTE}/min")

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"token-{token_of(request).pk}"


def token_of(request: HttpRequest) -> Token:
    """The token that `Bearer` let in."""
    found: Any = request.auth  # type: ignore[attr-defined] # set by django-ninja
    assert isinstance(found, Token)  # noqa: S101 - every operation is behind Bearer
    return found


def actor_of(request: HttpRequest, token: Token) -> Actor:
    """The program as the trail names it."""
    return Actor(username=f"API: {token}", source=source_of(request))


def source_of(request: HttpRequest) -> Source:
    return Source(
        address=request.META.get("REMOTE_ADDR", "")[:45],
        agent=request.headers.get("User-Agent", "")[:200],
        reference=request.META.get("corredores.reference", ""),
    )


def _record_refusal(request: HttpRequest, text: str, token: Token | None = None) -> None:
    who = actor_of(request, token) if token else Actor(source=source_of(request))
    record(who, Entry(Action.REFUSED, request.path, text))
