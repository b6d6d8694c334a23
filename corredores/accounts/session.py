"""A person's sessions: a table of ours, so that people see and end them, and idleness is known.

The cookie holds a random key; the table holds only its hash, so that reading the table opens
no session. Django's own columns keep Django's own meaning.
"""

import datetime as dt
import hashlib
import json
import zlib
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core import signing
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone

from corredores.database.statement import Row, Statement
from corredores.database.whole import columns_of

STARTED, SOURCE, USER = "started", "source", "_auth_user_id"
_SIGNED = 1_024  # sessions whose signature is known to be right
_SEEN_EVERY = dt.timedelta(minutes=1)
# What a place of a person is read from (accounts/viewer.py), by the names of a membership.
PLACE = ("role", "lines", "brokerage_id", "brokerage__code", "brokerage__name",
         "brokerage__lines", "brokerage__status")  # fmt: skip
PLACE_ORDER = ("brokerage__name", "pk")
_KEY, _MOMENT = "a key", dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # slots of a statement


class Session(AbstractBaseSession):
    """One signed-in browser. `expire_date`: idle limit or absolute limit, whichever is first."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="sessions", null=True)
    started_at = models.DateTimeField("inicio")
    seen_at = models.DateTimeField("última actividad")
    address = models.CharField("dirección", max_length=45, blank=True, default="")
    agent = models.CharField("navegador", max_length=200, blank=True, default="")

    @classmethod
    def get_session_store_class(cls) -> type[DatabaseStore]:
        return SessionStore

    @property
    def mark(self) -> str:
        """What a page may say to name this session: of no use as a key."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]


class SessionStore(DatabaseStore):
    """Django's database sessions with hashed keys, idle and absolute limits, and one touch a
    minute. `row` is the table's row once it was read, with its user."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def stored_key(self) -> str:
        return stored(self.session_key or "")

    def _get_session_from_db(self) -> Session | None:
        found = _open().fetch(self.stored_key, timezone.now())
        self.row = _with_user(found) if found else None
        if self.row is None:
            self._session_key = None
        return self.row

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Whether the signature is right depends on the text alone: looked at once."""
        try:
            found: dict[str, Any] = json.loads(_signed(str(session_data), self.key_salt))
        except (signing.BadSignature, ValueError, zlib.error):
            return super().decode(session_data)  # which says so in the log
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=stored(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(session_key=stored(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = timezone.now()
        started = dt.datetime.fromtimestamp(data.setdefault(STARTED, now.timestamp()), dt.UTC)
        address, agent = data.get(SOURCE, ("", ""))
        return Session(
            session_key=stored(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=_limit(started, now),
            user_id=int(data[USER]) if USER in data else None,
            started_at=started,
            seen_at=now,
            address=address,
            agent=agent[:200],
        )

    def touch(self, *, at_once: bool = False) -> None:
        """The person is here: the idle time begins anew. Written at most once a minute."""
        row, now = self.row, timezone.now()
        if row is None or (now - row.seen_at < _SEEN_EVERY and not at_once):
            return
        row.seen_at, row.expire_date = now, _limit(row.started_at, now)
        Session.objects.filter(pk=row.pk).update(seen_at=now, expire_date=row.expire_date)

    def seconds_left(self) -> int:
        """Until this session ends if nothing more is done; 0 for none."""
        self._get_session()  # type: ignore[attr-defined] # reads the row if it was not yet
        if self.row is None:
            return 0
        return max(0, int((self.row.expire_date - timezone.now()).total_seconds()))


class _AsItIs:
    """What was signed, not yet read."""

    def loads(self, data: bytes) -> bytes:
        return data

    def dumps(self, obj: bytes) -> bytes:
        return obj


@lru_cache(_SIGNED)
def _signed(session_data: str, salt: str) -> bytes:
    found: bytes = signing.loads(session_data, salt=salt, serializer=_AsItIs)
    return found


@cache
def _open() -> Statement:
    """The session of a key that has not ended by a moment, its user, and a row for each of the
    user's places: asked by every page."""
    user = [f"user__{name}" for name in columns_of(get_user_model())]
    places = [f"user__memberships__{name}" for name in PLACE]
    rows = Session.objects.filter(session_key=_KEY, expire_date__gt=_MOMENT)
    rows = rows.order_by(*(f"user__memberships__{name}" for name in PLACE_ORDER))
    return Statement(rows.values_list(*columns_of(Session), *user, *places), _KEY, _MOMENT)


def _with_user(rows: list[Row]) -> Session:
    names, user = columns_of(Session), get_user_model()
    session = Session.from_db(DEFAULT_DB_ALIAS, names, rows[0][: len(names)])
    if session.user_id is not None:
        whole = rows[0][len(names) : -len(PLACE)]
        session.user = user.from_db(DEFAULT_DB_ALIAS, columns_of(user), whole)
        session.user.places = [row[-len(PLACE) :] for row in rows]
    return session


def stored(key: str) -> str:
    """The key as the table has it: 40 hexadecimal characters of its hash."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _limit(started: dt.datetime, now: dt.datetime) -> dt.datetime:
    idle = now + dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return min(idle, started + dt.timedelta(hours=settings.SESSION_HOURS))
