"""Reads of receipts."""

import datetime as dt

from .models import Receipt


def data_as_of() -> dt.datetime | None:
    """When the newest load of business rows ended; None before the first."""
    newest = Receipt.objects.order_by("-loaded_at").values_list("loaded_at", flat=True)
    return newest.first()
