"""Single cuotas on the days where a rule changes its answer; every bigger brokerage has them.

Both sides of: overdue 30/31, 60/61, 90/91 days and today itself (domain.md §3.3), vouchers of
2017-07-31 and 2017-08-01 (§7), the 29th of February, a note of 2018 on a factura of June 2017.
"""

from collections.abc import Iterator
from datetime import date

from corredores.generation.charges import Charge, single_charge
from corredores.generation.dates import add_days
from corredores.generation.outcomes import Outcome
from corredores.generation.policies import Policy, draw_policy, number_of
from corredores.generation.policyholders import Policyholder
from corredores.generation.premiums import share
from corredores.generation.products import PRODUCTS, Buyer, Line, Product
from corredores.generation.scene import Scene

LAST_RANK = 10  # smaller brokerages have too few rows to show anything else
DAYS_PAST_DUE = (-1, 0, 1, 30, 31, 60, 61, 90, 91)
PAID_ON = (
    date(2017, 7, 31), date(2017, 8, 1),
    date(2016, 2, 29), date(2020, 2, 29), date(2024, 2, 29),
)  # fmt: skip
REFUNDED_FROM, REFUNDED_ON = date(2017, 6, 15), date(2018, 3, 12)


def edge_sales(scene: Scene, holder: Policyholder) -> Iterator[tuple[Policy, list[Charge]]]:
    """One-cuota policies of one client, numbered from 1, over the lines of the brokerage."""
    products = [_product(line, holder.buyer) for line in scene.brokerage.lines]
    for index, (issued, due, outcome) in enumerate(_days(scene.today)):
        product = products[index % len(products)]
        number = number_of(scene.brokerage.rank, index + 1)
        policy = draw_policy(scene, holder, product, number, issued)._replace(
            issued=issued, first_due=due, cuotas=1, certificates=("",), type_13=False
        )
        charge = single_charge(scene, policy)._replace(outcome=outcome)
        refund = [_refund(charge)] if issued == REFUNDED_FROM else []
        yield policy, [charge, *refund]


def _days(today: date) -> Iterator[tuple[date, date, Outcome]]:
    """Issued on, due on, and what became of it."""
    for days in DAYS_PAST_DUE:
        due = add_days(today, -days)
        yield add_days(due, -20), due, Outcome("PENDIENTE")
    for day in (*PAID_ON, REFUNDED_FROM):
        yield day, day, Outcome("PAGADA", 100, day, "BANCO_WEB")


def _product(line: Line, buyer: Buyer) -> Product:
    """The first product of a line that such a client buys."""
    return next(p for p in PRODUCTS if p.line is line and p.buyer in (buyer, Buyer.ANY))


def _refund(charge: Charge) -> Charge:
    outcome = Outcome("DEVUELTA", 100, REFUNDED_ON, "TRANSFERENCIA")
    return charge._replace(
        endorsement=1, premium=share(charge.premium, -2_500), issued=REFUNDED_ON,
        due=REFUNDED_ON, outcome=outcome, kind="",
    )  # fmt: skip
