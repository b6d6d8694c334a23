"""Ageing bands (tramos) by days past the due date, on an as-of date."""

import datetime as dt

from django.db.models import Q

from .queries import OWED

# key, label, first and last day past due; None is open
BANDS: tuple[tuple[str, str, int | None, int | None], ...] = (
    ("POR_VENCER", "Por vencer", None, 0),
    ("1-30", "1 a 30 días", 1, 30),
    ("31-60", "31 a 60 días", 31, 60),
    ("61-90", "61 a 90 días", 61, 90),
    ("91+", "Más de 90 días", 91, None),
)


def band(key: str, as_of: dt.date) -> Q:
    """What is owed and stands in the band `key`; KeyError for no such band."""
    first, last = {name: (low, high) for name, _label, low, high in BANDS}[key]
    found = OWED
    if first is not None:
        found &= Q(due_on__lte=as_of - dt.timedelta(days=first))
    if last is not None:
        found &= Q(due_on__gte=as_of - dt.timedelta(days=last))
    return found
