"""The figures and the warning around a search: what a date range must not hide."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from corredores.accounts.viewer import Viewer
from corredores.installments.queries import Debt, at_risk_count, debt
from corredores.listings import Search
from corredores.listings.kinds import money
from corredores.portfolio.currency import Currency

_OWED = ("PENDIENTE", "EN_PROCESO", "PAGO_PARCIAL", "RECHAZADA")


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
        return {"figures": [], "warning": None}
    chosen = search.form.cleaned_data
    found = debt(
        viewer, search.as_of, chosen.get("linea") or "", chosen.get("desde"), chosen.get("hasta")
    )
    return {"figures": figures(viewer, search.as_of, found), "warning": _warning(search, found)}


def figures(viewer: Viewer, as_of: dt.date, found: list[Debt]) -> list[Figure]:
    """Owed per currency, what of it is overdue, cuotas about to lose cover: four at most."""
    shown = [_owed(it) for it in found]
    if late := [it for it in found if it.late is not None]:
        shown.append(_late(late))
    if risk := at_risk_count(viewer, as_of):
        url = _address(en_riesgo="si", desde="", hasta="", orden="vencimiento")
        value = f"{risk:,} {_cuotas(risk)}"
        shown.append(Figure("En riesgo de suspensión", value, "fecha estimada", "due", url))
    return shown


def _owed(debt: Debt) -> Figure:
    name = str(Currency(debt.currency).label).lower()
    url = _address(estado=["VENCIDA", "POR_VENCER"], moneda=debt.currency, desde="", hasta="")
    note = f"{debt.count:,} {_cuotas(debt.count)}"
    return Figure(f"Por cobrar en {name}", money(debt.owed, debt.currency), note, "", url)


def _late(found: list[Debt]) -> Figure:
    """One figure for both currencies, each with its own amount: they are never added."""
    first, *others = [money(it.late or Decimal(0), it.currency) for it in found]
    count = sum(it.late_count for it in found)
    oldest = min(it.oldest for it in found if it.oldest is not None)
    parts = [*others, f"{count:,} {_cuotas(count)}", f"desde {oldest:%d/%m/%Y}"]
    url = _address(estado="VENCIDA", desde="", hasta="", orden="vencimiento")
    return Figure("Vencido", first, " · ".join(parts), "late", url)


def _warning(search: Search, found: list[Debt]) -> Warning | None:
    hidden = sum(it.hidden for it in found)
    if not hidden:
        return None
    verb = "queda" if hidden == 1 else "quedan"
    late = "vencida" if hidden == 1 else "vencidas"
    said = f"{hidden:,} {_cuotas(hidden)} {late} {verb} fuera de estas fechas."
    line = search.form.cleaned_data.get("linea") or None
    url = _address(estado="VENCIDA", desde="", hasta="", orden="vencimiento", linea=line)
    return Warning(said, url)


def _cuotas(count: int) -> str:
    return "cuota" if count == 1 else "cuotas"


def _address(**parameters: Any) -> str:
    given = {name: value for name, value in parameters.items() if value is not None}
    return f"{reverse('installments')}?{urlencode(given, doseq=True)}"
