"""Amounts, quantities and dates as Peru writes them: `S/ 1,234.56`, `31/12/2026`."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"PEN": "S/", "USD": "US$"}
NAMES = {"PEN": "Soles", "USD": "Dólares americanos"}
CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """Return `amount` with two decimals; half a cent goes away from zero, as SUNAT rounds."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def figure(amount: Decimal) -> str:
    """Return `-1,234.50`: two decimals, no currency."""
    return f"{to_cents(amount):,.2f}"


def money(amount: Decimal, currency: str) -> str:
    """Return `S/ 1,234.50`; the space does not break. Unknown currencies show their code."""
    return f"{SYMBOLS.get(currency, currency)}\u00a0{figure(amount)}"


def quantity(amount: Decimal) -> str:
    """Return `12` or `0.5`: no zeros that say nothing."""
    return f"{amount.normalize():,f}"


def day(date: dt.date | None) -> str:
    """Return `31/12/2026`, or nothing."""
    return date.strftime("%d/%m/%Y") if date else ""


def period(start: dt.date | None, end: dt.date | None) -> str:
    """Return `01/03/2026 al 31/03/2026`, or the half that is known."""
    if start and end:
        return f"{day(start)} al {day(end)}"
    return f"Desde {day(start)}" if start else f"Hasta {day(end)}" if end else ""
