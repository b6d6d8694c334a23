"""The figures and the warning around a search: what a date range must not hide."""

import datetime as dt
import time
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from corredores.accounts.viewer import Viewer
from corredores.installments.queries import Debt, debt, hidden_by
from corredores.listings import Search
from corredores.listings.kinds import money
from corredores.portfolio.currency import Currency

from .freshness import freshness

_REMEMBERED = 512  # questions per process


@dataclass(frozen=True)
class Figure:
    """One figure: what, how much, a note, its tone, and where its rows are."""

    label: str
    value: str
    note: str
    tone: str
    url: str | None


@dataclass(frozen=True)
class Warning:  # noqa: A001 - the portal's word for it
    text: str
    url: str


def around(search: Search, viewer: Viewer) -> dict[str, Any]:
    """`figures` and `warning` of the search of cuotas; nothing around other lists."""
    if search.listing.slug != "cuotas" or search.problems:
        return {"figures": (), "warning": None}
    chosen = search.form.cleaned_data
    line, dates = chosen.get("linea") or "", (chosen.get("desde"), chosen.get("hasta"))
    return {
        "figures": owed(viewer, search.as_of, line),
        "warning": warned(*_now(), viewer, search.as_of, line, dates),
    }


def owed(viewer: Viewer, as_of: dt.date, line: str = "") -> tuple[Figure, ...]:
    """The figures of everything this person may see, in one line or in all."""
    return remembered(*_now(), viewer, as_of, line)


def _now() -> tuple[dt.datetime | None, int]:
    """Summing what the biggest brokerages are owed costs more than a page of rows, and only a
    load changes it (terms of products, too, so not for longer than a minute)."""
    return freshness(), int(time.monotonic() / 60)


@lru_cache(_REMEMBERED)
def remembered(
    _loaded: dt.datetime | None, _minute: int, viewer: Viewer, as_of: dt.date, line: str
) -> tuple[Figure, ...]:
    """The figures as of that load; the arguments are what they depend on."""
    return figures(debt(viewer, as_of, line), line)


@lru_cache(_REMEMBERED)
def warned(
    _loaded: dt.datetime | None,
    _minute: int,
    viewer: Viewer,
    as_of: dt.date,
    line: str,
    dates: tuple[dt.date | None, dt.date | None],
) -> Warning | None:
    """What these dates hide, as of that load."""
    return _warning(hidden_by(dates, viewer, as_of, line), line)


def figures(found: list[Debt], line: str = "") -> tuple[Figure, ...]:
    """Owed per currency, what of it is overdue, cuotas about to lose cover: four at most."""
    shown = [_owed(it, line) for it in found]
    if late := [it for it in found if it.late is not None]:
        shown.append(_late(late, line))
    if risk := sum(it.at_risk for it in found):
        url = _address(line, en_riesgo="si", orden="vencimiento")
        value = f"{risk:,} {_cuotas(risk)}"
        shown.append(Figure("En riesgo de suspensión", value, "fecha estimada", "due", url))
    return tuple(shown)


def _owed(debt: Debt, line: str) -> Figure:
    name = str(Currency(debt.currency).label).lower()
    url = _address(line, estado=["VENCIDA", "POR_VENCER"], moneda=debt.currency)
    note = f"{debt.count:,} {_cuotas(debt.count)}"
    return Figure(f"Por cobrar en {name}", money(debt.owed, debt.currency), note, "", url)


def _late(found: list[Debt], line: str) -> Figure:
    """One figure for both currencies, each with its own amount: they are never added."""
    first, *others = [money(it.late or Decimal(0), it.currency) for it in found]
    count = sum(it.late_count for it in found)
    oldest = min(it.oldest for it in found if it.oldest is not None)
    note = " · ".join([*others, f"{count:,} {_cuotas(count)}"])
    url = _address(line, estado="VENCIDA", orden="vencimiento")
    return Figure(f"Vencido desde {oldest:%d/%m/%Y}", first, note, "late", url)


def _warning(hidden: int, line: str) -> Warning | None:
    if not hidden:
        return None
    verb = "queda" if hidden == 1 else "quedan"
    late = "vencida" if hidden == 1 else "vencidas"
    said = f"{hidden:,} {_cuotas(hidden)} {late} {verb} fuera de estas fechas."
    return Warning(said, _address(line, estado="VENCIDA", orden="vencimiento"))


def _cuotas(count: int) -> str:
    return "cuota" if count == 1 else "cuotas"


def _address(line: str, **parameters: Any) -> str:
    """The search of cuotas with open dates, in the line that the figures are of."""
    given = {**({"linea": line} if line else {}), **parameters, "desde": "", "hasta": ""}
    return f"{reverse('installments')}?{urlencode(given, doseq=True)}"
