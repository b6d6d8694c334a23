"""Policies of a fixed sum: cuotas by agreement, rescheduled ones, refunds and additions."""

from collections.abc import Iterator

from corredores.generation.charges import REPLACED, Charge
from corredores.generation.dates import add_days, add_months
from corredores.generation.outcomes import draw_outcome, draw_refund
from corredores.generation.policies import Policy
from corredores.generation.premiums import share, split
from corredores.generation.scene import Scene

_RESCHEDULED, _AGAIN = 0.011, 0.25
_ENDORSED = 0.035  # policies with a refund, and as many with an additional premium


def scheduled(scene: Scene, policy: Policy) -> list[Charge]:
    """All its cuotas, past and future, replaced ones just before their replacements."""
    charges = [
        charge for agreed in _agreed(scene, policy) for charge in _replacing(scene, policy, agreed)
    ]
    return [*charges, *_endorsement(scene, policy, charges[0])]


def _agreed(scene: Scene, policy: Policy) -> Iterator[Charge]:
    """Due month by month; one of twelve covers its month, the others the policy's year."""
    start, end = policy.start, policy.start if policy.cuotas == 12 else policy.end
    for index, part in enumerate(split(policy.whole, policy.cuotas)):
        if policy.cuotas == 12:
            start, end = end, add_months(policy.start, index + 1)
        due = add_months(policy.first_due, index)
        outcome = draw_outcome(scene, policy.issued, due, policy.charged_to)
        yield Charge(0, index + 1, policy.cuotas, part, policy.issued, due, start, end, outcome)


def _replacing(scene: Scene, policy: Policy, charge: Charge) -> Iterator[Charge]:
    """A cuota past its date may be replaced by a later one, and that one again."""
    chance = _RESCHEDULED
    while charge.due < scene.today and scene.rng.random() < chance:
        yield charge._replace(outcome=REPLACED)
        due = add_days(charge.due, 15 + int(scene.rng.random() * 60))
        issued = min(scene.today, add_days(charge.due, 3))
        outcome = draw_outcome(scene, issued, due, policy.charged_to)
        charge = charge._replace(issued=issued, due=due, outcome=outcome)
        chance = _AGAIN
    yield charge


def _endorsement(scene: Scene, policy: Policy, first: Charge) -> Iterator[Charge]:
    """A refund of part of a paid premium, or an additional one: a document of its own."""
    luck = scene.rng.random()
    refund, addition = luck < _ENDORSED, _ENDORSED <= luck < _ENDORSED * 2
    if not addition and not (refund and first.outcome.status == "PAGADA"):
        return
    asked_on = add_days(first.outcome.paid_on or first.due, 5 + int(scene.rng.random() * 60))
    issued = min(scene.today, asked_on)
    due = add_days(issued, 15)
    part = share(policy.whole, 300 + int(scene.rng.random() * 1500))
    outcome = draw_outcome(scene, issued, due, "") if addition else draw_refund(scene, issued)
    part = part if addition else share(part, -10_000)
    yield Charge(1, 1, 1, part, issued, due, issued, max(policy.end, issued), outcome)
