"""How fresh the data are: said on every page and in every file."""

import datetime as dt
import time

from corredores.loading.queries import data_as_of

_REMEMBERED_SECONDS = 5.0
_remembered: list[tuple[float, dt.datetime | None]] = []


def freshness() -> dt.datetime | None:
    """When the newest load ended; remembered for some seconds, as every page asks."""
    now = time.monotonic()
    if not _remembered or now - _remembered[0][0] > _REMEMBERED_SECONDS:
        _remembered[:] = [(now, data_as_of())]
    return _remembered[0][1]
