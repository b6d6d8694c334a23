"""Numbers that people write in several ways."""

import re

from django.db.models import Q

_VOUCHER = re.compile(r"^\s*([A-Za-z0-9]{1,20})[\s-]+0*(\d{1,15})\s*$")
_MOST_ZEROS = 10


def voucher_number(text: str) -> str | None:
    """`F001-00000123`, `f001 123` → `F001-123`; None where it is no voucher number."""
    found = _VOUCHER.match(text)
    return f"{found[1].upper()}-{int(found[2])}" if found else None


def begins_with(field: str, text: str) -> Q:
    """Prefix match as a range: under row security an index serves it, LIKE would not."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}\U0010ffff"})


def begins_with_any_zeros(field: str, text: str) -> Q:
    """Prefix match that does not mind leading zeros on either side."""
    bare = text.lstrip("0")
    if not bare:
        return begins_with(field, text)
    matches = Q()
    for zeros in range(_MOST_ZEROS + 1):
        matches |= begins_with(field, "0" * zeros + bare)
    return matches
