"""Reading the trail: its lines for a viewer that audits, and whether the chain holds."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from .actions import fingerprint
from .models import Event

_SHOWN = 100  # places named when a chain does not hold


class Auditor(Protocol):
    """Whoever asks. Without `audits` nothing is seen; without a brokerage, all of them."""

    @property
    def audits(self) -> bool: ...

    @property
    def brokerage_id(self) -> int | None: ...


def events_of(auditor: Auditor) -> QuerySet[Event]:
    """The lines that `auditor` may read."""
    if not auditor.audits:
        return Event.objects.none()
    if auditor.brokerage_id is None:
        return Event.objects.all()
    return Event.objects.filter(brokerage_id=auditor.brokerage_id)


def shown_to_somebody(document: str) -> Q:
    """Lines in which the data of the person with this document number were shown.

    The secret keys of before a rotation (SECRET_KEY_FALLBACKS) are tried as well.
    """
    keys = map(str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    return Q(subjects__overlap=[fingerprint(document, key) for key in keys])


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: changed, gap, unlinked or end missing."""

    position: int
    reason: str


def breaks() -> list[Break]:
    """Where the trail was tampered with; empty when it is whole. As the owner: reads it all."""
    with connection.cursor() as cursor:
        cursor.execute("select * from audit_breaks(%s)", [_SHOWN])
        return [Break(*row) for row in cursor.fetchall()]


def head() -> tuple[int, str]:
    """Position and hash (hex) of the newest line: kept elsewhere, they prove that no line
    before was exchanged since, not even by whoever owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("select position, encode(hash, 'hex') from audit_head")
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - the head is always one row
    return row[0], row[1]
