"""What became of a cuota by today: the state, and the dates and channel that go with it.

The chances are set so that the portfolio shows the mix of domain.md §11.
"""

from bisect import bisect_left
from datetime import date
from random import Random
from typing import NamedTuple

from corredores.generation.dates import add_days, working_day_after
from corredores.generation.scene import Scene

_VOID = 0.03
# Still owed, by days past due: up to each bound, so often; the last one is for later.
_BOUNDS = (-30, 0, 30, 60, 90, 365)
_STILL_OWED = (0.98, 0.9, 0.86, 0.5, 0.28, 0.03, 0.012)
_BY_HAND = (  # a hundred of them, so that one index is one draw
    *["BANCO_WEB"] * 34, *["AGENTE"] * 16, *["VENTANILLA"] * 10, *["TARJETA_WEB"] * 12,
    *["CIP"] * 10, *["TRANSFERENCIA"] * 12, *["CHEQUE"] * 3, *["PLANILLA"] * 3,
)  # fmt: skip
_REASONS = ("FONDOS INSUFICIENTES", "TARJETA VENCIDA", "CUENTA CERRADA", "LÍMITE EXCEDIDO",
            "TARJETA BLOQUEADA", "AFILIACIÓN NO REGISTRADA")  # fmt: skip


class Rejection(NamedTuple):
    """Of an automatic charge: the last attempt."""

    on: date
    reason: str
    attempts: int


class Outcome(NamedTuple):
    """`paid`: percent of the amount. Dates are absent until they have happened."""

    status: str
    paid: int = 0
    paid_on: date | None = None
    channel: str = ""
    rejection: Rejection | None = None

    def posted_on(self, today: date) -> date | None:
        """The bank's day; absent while it is still to come."""
        posted = self.paid_on and working_day_after(self.paid_on)
        return posted if posted and posted <= today else None


def draw_outcome(scene: Scene, issued: date, due: date, charged_to: str) -> Outcome:
    """The state of an ordinary cuota; `charged_to` is the automatic channel, if any."""
    if scene.rng.random() < _VOID:
        return Outcome("ANULADA")
    days = (scene.today - due).days
    still_owed = scene.rng.random() < _STILL_OWED[bisect_left(_BOUNDS, days)]
    return (_unpaid if still_owed else _paid)(scene, issued, due, charged_to)


def draw_refund(scene: Scene, issued: date) -> Outcome:
    """The state of a negative cuota: owed to the client, or given back."""
    rng = scene.rng
    if rng.random() < 0.45:
        return Outcome("POR_DEVOLVER")
    paid_on = min(scene.today, add_days(issued, 3 + int(rng.random() * 20)))
    return Outcome("DEVUELTA", 100, paid_on, rng.choice(("TRANSFERENCIA", "CHEQUE")))


def _unpaid(scene: Scene, issued: date, due: date, charged_to: str) -> Outcome:
    rng, today = scene.rng, scene.today
    days, luck = (today - due).days, rng.random()
    if charged_to and -3 <= days <= 6 and luck < 0.9:
        return Outcome("EN_PROCESO", channel=charged_to)
    if charged_to and days > 3 and luck < 0.7:
        return Outcome("RECHAZADA", channel=charged_to, rejection=_rejection(rng, due, today))
    if days > 365 and luck < 0.6:
        return Outcome("CASTIGADA")
    if days > -10 and luck > 0.83:
        paid_on = _between(rng, max(issued, add_days(due, -10)), today)
        return Outcome("PAGO_PARCIAL", 10 + int(rng.random() * 80), paid_on, _by_hand(rng))
    return Outcome("PENDIENTE")


def _paid(scene: Scene, issued: date, due: date, charged_to: str) -> Outcome:
    rng = scene.rng
    late = rng.random() > 0.75
    delay = int(rng.random() * 70) if late else int(rng.random() * 16) - 10
    yesterday = add_days(scene.today, -1)
    paid_on = max(issued, min(add_days(due, delay), yesterday))
    if rng.random() < 0.01:
        return Outcome("COMPENSADA", 100, paid_on, "NOTA_CREDITO")
    rejection = None
    if charged_to and paid_on > add_days(due, 5) and rng.random() < 0.5:
        rejection = _rejection(rng, due, paid_on)
    channel = charged_to if charged_to and rejection is None else _by_hand(rng)
    return Outcome("PAGADA", 100, paid_on, channel, rejection)


def _rejection(rng: Random, due: date, until: date) -> Rejection:
    """Charges are tried on the due date and every few days after it, three times at most."""
    attempts = min(3, 1 + int(rng.random() * ((until - due).days / 5)))
    on = min(until, add_days(due, 1 + (attempts - 1) * 5))
    return Rejection(on, rng.choice(_REASONS), attempts)


def _by_hand(rng: Random) -> str:
    return _BY_HAND[int(rng.random() * 100)]


def _between(rng: Random, first: date, last: date) -> date:
    return add_days(first, int(rng.random() * ((last - first).days + 1)))
