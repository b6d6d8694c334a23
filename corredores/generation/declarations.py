"""Policies billed month by month on what the client declares: group life, SCTR, EPS."""

from collections.abc import Iterator

from corredores.generation.charges import Charge
from corredores.generation.dates import add_days, add_months
from corredores.generation.outcomes import Outcome, draw_outcome, draw_refund
from corredores.generation.policies import Policy
from corredores.generation.premiums import Premium, percent, premium
from corredores.generation.scene import Scene

_NOTICE_DAYS = 10  # a month is billed so many days before it begins
_DUE_DAYS, _MOVEMENT_DAYS = 15, 12
_MOVEMENTS = (("INCLUSION", 0.04), ("EXCLUSION", 0.03), ("AJUSTE", 0.02))  # by settled month


def declared(scene: Scene, policy: Policy) -> Iterator[Charge]:
    """A charge for each month declared by today; group life adds the movements of its insured."""
    for index in range(policy.cuotas):
        start = add_months(policy.start, index)
        if max(policy.issued, add_days(start, -_NOTICE_DAYS)) > scene.today:
            return
        month = _month(scene, policy, index)
        yield month
        if policy.has_settlements:
            yield from _movements(scene, policy, month)


def _month(scene: Scene, policy: Policy, index: int) -> Charge:
    """Net premium = payroll x rate, as the settlement prints it."""
    start = add_months(policy.start, index)
    issued = max(policy.issued, add_days(start, -_NOTICE_DAYS))
    due = add_days(issued, _DUE_DAYS)
    usual = policy.whole.net * 10_000 / policy.rate
    payroll = int(usual * (0.9 + scene.rng.random() * 0.2))
    return Charge(
        0, index + 1, policy.cuotas, _premium(policy, payroll), issued, due,
        start, add_days(add_months(policy.start, index + 1), -1),
        draw_outcome(scene, issued, due, policy.charged_to),
        "REGULAR" if policy.has_settlements else "", policy.insured, payroll,
    )  # fmt: skip


def _movements(scene: Scene, policy: Policy, month: Charge) -> Iterator[Charge]:
    """Late inclusions and exclusions, and an adjustment that may come to nothing."""
    rng, issued = scene.rng, min(scene.today, add_days(month.issued, _MOVEMENT_DAYS))
    for number, (kind, chance) in enumerate(_MOVEMENTS, start=month.number * 3):
        if rng.random() >= chance:
            continue
        sign = {"INCLUSION": 1, "EXCLUSION": -1}.get(kind, int(rng.random() * 3) - 1)
        moved = month._replace(
            endorsement=number, number=1, cuotas=1, kind=kind, insured=1 + int(rng.random() * 3),
            issued=issued, due=add_days(issued, _DUE_DAYS),
            payroll=sign * percent(month.payroll, 200 + int(rng.random() * 600)),
        )  # fmt: skip
        yield moved._replace(
            premium=_premium(policy, moved.payroll), outcome=_outcome(scene, moved)
        )


def _outcome(scene: Scene, moved: Charge) -> Outcome:
    if moved.payroll > 0:
        return draw_outcome(scene, moved.issued, moved.due, "")
    if moved.payroll < 0:
        return draw_refund(scene, moved.issued)
    return Outcome("COMPENSADA", 100, moved.issued, "NOTA_CREDITO")  # nothing to pay


def _premium(policy: Policy, payroll: int) -> Premium:
    net = percent(payroll, policy.rate)
    return premium(net, fee=not policy.product.by_eps, taxed=policy.taxed)
