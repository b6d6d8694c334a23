"""What one brokerage sold: clients in turn, each with all policies, up to a number of rows.

A bigger portfolio repeats a smaller one and goes on; only the last policies fill what was left.
"""

from collections.abc import Iterator
from itertools import count

from corredores.generation.charges import Charge, single_charge
from corredores.generation.declarations import declared
from corredores.generation.edges import LAST_RANK, edge_sales
from corredores.generation.policies import Policy, draw_policies
from corredores.generation.policyholders import draw_policyholder
from corredores.generation.scene import Scene
from corredores.generation.schedules import scheduled

Sale = tuple[Policy, list[Charge]]

_POLICIES_EACH = (1, 2, 3, 4, 6)  # of one client
_POLICIES_WEIGHTS = (52, 80, 92, 98, 100)


def sales(scene: Scene, rows: int) -> Iterator[Sale]:
    """Policies with their charges, which make exactly `rows` cuotas."""
    endless = _endless_sales(scene)
    while rows:
        policy, charges = next(endless)
        if len(charges) * len(policy.certificates) > rows:
            policy = policy._replace(cuotas=1, certificates=policy.certificates[:1])
            charges = [single_charge(scene, policy)]
        rows -= len(charges) * len(policy.certificates)
        yield policy, charges


def _endless_sales(scene: Scene) -> Iterator[Sale]:
    sequence = 1  # of policies, through the whole brokerage
    for client in count(1):
        holder = draw_policyholder(scene.rng, scene.brokerage.rank, client)
        if client == 1 and scene.brokerage.rank <= LAST_RANK:
            edges = list(edge_sales(scene, holder))
            yield from edges
            sequence += len(edges)
        for _ in range(scene.rng.choices(_POLICIES_EACH, cum_weights=_POLICIES_WEIGHTS)[0]):
            for policy in draw_policies(scene, holder, sequence):
                charges = declared if policy.product.declared else scheduled
                yield policy, list(charges(scene, policy))
            sequence += 1
