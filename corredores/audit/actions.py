"""Writing the trail: one statement per call, and before it a name for whoever is meant."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from corredores.database.postgresql.base import connection_to

from .models import Action

_COLUMNS = (
    "action, user_id, username, brokerage_id, brokerage_name, object, details, rows, subjects, "
    "address, agent, reference"
)
_LONGEST_AGENT = 200
_LONGEST_OBJECT = 300
_FINGERPRINTS = 10_000  # remembered: the people of a page stand on the next one too


@dataclass(frozen=True)
class Source:
    """Where a request came from: the client's address, its browser, our reference for it."""

    address: str = ""
    agent: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Actor:
    """Who did it, and in which brokerage. All empty: nobody who is known."""

    user_id: int | None = None
    username: str = ""
    brokerage_id: int | None = None
    brokerage_name: str = ""
    source: Source = Source()


@dataclass(frozen=True)
class Entry:
    """What was done. `text` says it in a sentence, `parameters` as it was asked for.

    subjects: document numbers of the people whose data were shown. They are stored as keyed
    fingerprints: the trail answers "who saw this person" without being a list of persons.
    whole_list: more people than were listed in `subjects` may have been shown.
    """

    action: Action
    object: str = ""
    text: str = ""
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: int | None = None
    subjects: Iterable[str] = ()
    whole_list: bool = False


def record(actor: Actor, *entries: Entry) -> None:
    """Append `entries` to the trail. One statement; within a transaction, at its end.

    The line holds the head of the chain until the commit, so nothing slow may follow it.
    """
    if entries:
        connection_to(DEFAULT_DB_ALIAS).ask(_written(actor, entries))


def record_last(actor: Actor, *entries: Entry) -> None:
    """`record`, in one trip with the COMMIT of this thread's transaction, which nothing delays."""
    if entries:
        connection_to(DEFAULT_DB_ALIAS).ask_last(_written(actor, entries))


def _written(actor: Actor, entries: Iterable[Entry]) -> str:
    link = connection_to(DEFAULT_DB_ALIAS)
    rows = (", ".join(link.literals(_values(actor, entry))) for entry in entries)
    values = "), (".join(rows)
    return f"insert into audit_event ({_COLUMNS}) values ({values})"


def purge(before: dt.datetime) -> int:
    """Delete the lines before a moment; how many. As the owner. What remains still verifies."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select audit_purge(%s)", [before])
        row = cursor.fetchone()
        purged = int(row[0] if row else 0)
        if purged:
            text = f"Eventos anteriores al {before:%d/%m/%Y %H:%M}"
            record(Actor(username="consola"), Entry(Action.PURGED, text=text, rows=purged))
    return purged


def fingerprint(document: str, key: str | None = None) -> int:
    """A document number as a keyed 64-bit number, the same for every spelling of case."""
    return _fingerprint(document, key or settings.SECRET_KEY)


@lru_cache(_FINGERPRINTS)
def _fingerprint(document: str, key: str) -> int:
    secret = hashlib.sha256(f"audit:{key}".encode()).digest()
    digest = hashlib.blake2b(document.strip().upper().encode(), key=secret, digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def _values(actor: Actor, entry: Entry) -> list[Any]:
    details: dict[str, object] = {"texto": entry.text} if entry.text else {}
    if entry.parameters:
        details["parametros"] = dict(entry.parameters)
    if entry.whole_list:
        details["lista_larga"] = True
    return [
        entry.action.value,
        actor.user_id,
        actor.username,
        actor.brokerage_id,
        actor.brokerage_name,
        printable(entry.object)[:_LONGEST_OBJECT],
        json.dumps(details, ensure_ascii=False).replace("\\u0000", ""),
        entry.rows,
        _array(map(_fingerprint, filter(None, entry.subjects), repeat(settings.SECRET_KEY))),
        actor.source.address,
        printable(actor.source.agent)[:_LONGEST_AGENT],
        actor.source.reference,
    ]


def _array(numbers: Iterable[int]) -> str:
    """Each number once, as PostgreSQL writes an array: psycopg asks of each how big it is."""
    return "{" + ",".join(map(str, sorted(set(numbers)))) + "}"


def printable(text: str) -> str:
    """`text` on one line without control characters: nobody forges a second line with it."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
