"""The charge: one sum that a policy asks for on one day."""

from datetime import date
from typing import NamedTuple

from corredores.generation.dates import add_months
from corredores.generation.outcomes import Outcome, draw_outcome
from corredores.generation.policies import Policy
from corredores.generation.premiums import Premium
from corredores.generation.scene import Scene

REPLACED = Outcome("REPROGRAMADA")


class Charge(NamedTuple):
    """One cuota, or one per certificate under one settlement. `start`-`end` is its coverage."""

    endorsement: int
    number: int
    cuotas: int
    premium: Premium
    issued: date
    due: date
    start: date
    end: date
    outcome: Outcome
    kind: str = ""  # type of settlement, empty where there is none
    insured: int = 0
    payroll: int = 0  # cents

    @property
    def replaced(self) -> bool:
        """The next charge of the policy stands in its place."""
        return self.outcome is REPLACED

    @property
    def last_event(self) -> date:
        """The day the core last touched it: payments come after rejections, both after issue."""
        rejection = self.outcome.rejection
        return self.outcome.paid_on or (rejection.on if rejection else self.issued)


def single_charge(scene: Scene, policy: Policy) -> Charge:
    """The whole sum in one cuota: where a portfolio has room for no more than one row."""
    declared = policy.product.declared
    end = add_months(policy.start, 1) if declared else policy.end
    return Charge(
        0, 1, 1, policy.whole, policy.issued, policy.first_due, policy.start, end,
        draw_outcome(scene, policy.issued, policy.first_due, policy.charged_to),
        "REGULAR" if policy.has_settlements else "", policy.insured,
        policy.whole.net * 10_000 // policy.rate,
    )  # fmt: skip
