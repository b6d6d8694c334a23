"""Making, revoking and recognising tokens."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from corredores.audit.actions import Actor, Entry, record
from corredores.audit.models import Action

from .models import Scope, Token

MOST_DAYS = 365
_PREFIX = "sc_"  # so that programs which look for leaked secrets recognise ours
_SHOWN = 8  # of the 46 letters
_USED_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Issued:
    """A new token, and its secret: the only time that anybody sees it."""

    token: Token
    secret: str


@transaction.atomic
def issue(actor: Actor, *, name: str, scopes: Iterable[str], days: int) -> Issued:
    """Make a token for `days` days (at most MOST_DAYS). Raises ValueError for what is unknown."""
    chosen = sorted(Scope(scope) for scope in set(scopes))
    if not name.strip() or not chosen or not 1 <= days <= MOST_DAYS:
        raise ValueError("a token needs a name, a scope and an end")
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        name=name.strip()[:80],
        scopes=chosen,
        start=secret[:_SHOWN],
        secret_hash=hashed(secret),
        made_by=actor.username,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    text = f"Creada, vence el {timezone.localtime(token.expires_at):%d/%m/%Y}"
    may = {"permisos": [str(scope) for scope in chosen]}
    record(actor, Entry(Action.ADMINISTERED, f"clave de API {token}", text, may))
    return Issued(token, secret)


@transaction.atomic
def revoke(actor: Actor, token_id: int) -> Token:
    """End a token now and for ever; a second time changes nothing. Raises Token.DoesNotExist."""
    fields = {"revoked_at": timezone.now(), "revoked_by": actor.username}
    changed = Token.objects.filter(pk=token_id, revoked_at=None).update(**fields)
    token = Token.objects.get(pk=token_id)
    if changed:
        record(actor, Entry(Action.ADMINISTERED, f"clave de API {token}", "Revocada"))
    return token


def recognise(secret: str) -> Token | None:
    """The valid token of this secret; None when it is unknown, has expired or was revoked.

    Its last use is written at most once a minute.
    """
    token = Token.objects.filter(secret_hash=hashed(secret)).first()
    if token is None or not token.is_valid:
        return None
    now = timezone.now()
    if token.used_at is None or now - token.used_at > _USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token


def hashed(secret: str) -> str:
    """A plain hash is enough for a secret that nobody can guess."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
