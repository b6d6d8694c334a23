"""Reads of receipts."""

import datetime as dt

from .models import Outcome, Receipt


def data_as_of() -> dt.datetime | None:
    """When the newest load of business rows ended; None before the first."""
    loads = Receipt.objects.exclude(outcome=Outcome.REFUSED).order_by("-loaded_at")
    return loads.values_list("loaded_at", flat=True).first()
