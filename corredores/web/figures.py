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
from corredores.installments.queries import Debt, debt
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


Around = tuple[tuple[Figure, ...], Warning | None]


def around(search: Search, viewer: Viewer) -> dict[str, Any]:
    """`figures` and `warning` of the search of cuotas; nothing around other lists."""
    if search.listing.slug != "cuotas" or search.problems:
        return {"figures": (), "warning": None}
    chosen = search.form.cleaned_data
    dates = (chosen.get("desde"), chosen.get("hasta"))
    found, warning = _now(viewer, search.as_of, chosen.get("linea") or "", *dates)
    return {"figures": found, "warning": warning}


def owed(viewer: Viewer, as_of: dt.date) -> tuple[Figure, ...]:
    """The figures of everything this person may see."""
    return _now(viewer, as_of, "")[0]


def _now(viewer: Viewer, as_of: dt.date, line: str, *dates: dt.date | None) -> Around:
    """Summing what the biggest brokerages are owed costs more than a page of rows, and only a
    load changes it (terms of products, too, so not for longer than a minute)."""
    minute = int(time.monotonic() / 60)
    return remembered(freshness(), minute, viewer, as_of, line, *dates)


@lru_cache(_REMEMBERED)
def remembered(
    loaded: dt.datetime | None, minute: int, viewer: Viewer, as_of: dt.date, line: str, *dates: Any
) -> Around:
    """Figures and warning as of that load; the arguments are what they depend on."""
    del loaded, minute
    found = debt(viewer, as_of, line, *dates)
    return figures(found, line), _warning(found, line)


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


def _warning(found: list[Debt], line: str) -> Warning | None:
    hidden = sum(it.hidden for it in found)
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
