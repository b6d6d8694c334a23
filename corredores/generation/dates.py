"""Calendar arithmetic of schedules, and the time stamp of a row."""

import calendar
from datetime import date, timedelta
from functools import cache, lru_cache
from random import Random

LIMA_OFFSET = "-05:00"  # Peru has no daylight saving time
_MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(300))
_SECONDS = tuple(f":{second:02d}{LIMA_OFFSET}" for second in range(60))


@lru_cache(maxsize=8_192)  # the cuotas of a brokerage fall on the same days again and again
def add_months(day: date, months: int) -> date:
    """The same day `months` later, clamped to the month's end (29 Feb + 12 → 28 Feb)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    return day + timedelta(days)


def working_day_after(day: date) -> date:
    """The next Monday to Friday: banks post a payment then. Holidays are not known here."""
    return day + timedelta((1, 1, 1, 1, 3, 2, 1)[day.weekday()])


def days_back(rng: Random, day: date, most: int) -> date:
    """A day between `most` days before `day` and `day` itself."""
    return day - timedelta(int(rng.random() * (most + 1)))


@cache
def iso(day: date | None) -> str:
    """`2026-03-15`, or empty; a portfolio has few different days, so each is written once."""
    return "" if day is None else day.isoformat()


def stamp(rng: Random, day: date) -> str:
    """ISO 8601 with offset, at night (00:00-04:59): the core system's batch has run."""
    second = int(rng.random() * 18_000)
    return f"{iso(day)}T{_MINUTES[second // 60]}{_SECONDS[second % 60]}"
