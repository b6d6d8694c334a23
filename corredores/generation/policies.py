"""Policies: what was sold, in which currency, how it is paid, and in how many cuotas."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from corredores.generation import names, products
from corredores.generation.dates import add_days, add_months, days_back
from corredores.generation.files import SEPARATOR
from corredores.generation.policyholders import Policyholder
from corredores.generation.premiums import Premium, premium, text
from corredores.generation.products import Buyer, Line, Product
from corredores.generation.scene import Scene

_LINE_WEIGHTS = {Line.GENERALES: 66, Line.VIDA: 15, Line.SALUD: 19}  # of policies, not of cuotas
_DOLLARS = {Line.GENERALES: 0.35, Line.VIDA: 0.15, Line.SALUD: 0.05}
_SOLES_PER_DOLLAR = 3.7
_SCHEDULES, _SCHEDULE_WEIGHTS = (1, 4, 6, 10, 12), (18, 34, 46, 60, 100)
_FIRST_DAY = date(2016, 1, 10)
_OLD, _RECENT_DAYS = 0.07, 725
_BRANCHES = ("LIMA", "LIMA", "LIMA", "AREQUIPA", "TRUJILLO", "CUSCO", "PIURA", "ICA", "CAÑETE")
_CHARGED_SHARE, _CHARGED = 0.4, ("CARGO_CUENTA", "CARGO_TARJETA")


class Policy(NamedTuple):
    """One contract. `whole` is the premium of the year, or of a month where declared.

    Neighbouring cells of cuotas.csv: `identity` is linea, producto_codigo, producto, poliza;
    `service` is ejecutivo, sucursal, comision_porcentaje.
    """

    holder: Policyholder
    product: Product
    number: str
    identity: str
    currency: str
    issued: date
    start: date
    first_due: date
    cuotas: int
    whole: Premium
    taxed: int
    charged_to: str  # automatic channel, or empty
    certificates: tuple[str, ...]
    plate: str
    rate: int  # of a payroll, in hundredths of a percent
    insured: int
    type_13: bool
    service: str

    @property
    def end(self) -> date:
        return add_months(self.start, 12)

    @property
    def has_settlements(self) -> bool:
        """Group life is collected by liquidación de prima; nothing else is."""
        return self.product.declared and self.product.line is Line.VIDA


def number_of(brokerage: int, sequence: int) -> str:
    """Ten digits, unlike any other's; one in ten begins with a zero."""
    return f"{(sequence * 10_000 + brokerage) * 7_654_321 % 10**10:010d}"


def draw_start(rng: Random, today: date) -> date:
    """Mostly the last two years, a tail back to January 2016."""
    if rng.random() < _OLD:
        return days_back(rng, today, (today - _FIRST_DAY).days)
    return days_back(rng, today, _RECENT_DAYS)


def draw_policies(scene: Scene, holder: Policyholder, sequence: int) -> Iterator[Policy]:
    """One policy, or the two halves of SCTR, which share number and dates."""
    lines = scene.brokerage.lines
    line = scene.rng.choices(lines, [_LINE_WEIGHTS[line] for line in lines])[0]
    product = products.draw_product(scene.rng, line, holder.buyer)
    start = draw_start(scene.rng, scene.today)
    number = number_of(scene.brokerage.rank, sequence)
    yield draw_policy(scene, holder, product, number, start)
    other = products.PAIRS.get(product)
    if other and other.line in lines:
        yield draw_policy(scene, holder, other, number, start)


def draw_policy(
    scene: Scene, holder: Policyholder, product: Product, number: str, start: date
) -> Policy:
    """Everything of a contract but its client, product and start."""
    rng = scene.rng
    dollars = rng.random() < _DOLLARS[product.line]
    schedule = rng.choices(_SCHEDULES, cum_weights=_SCHEDULE_WEIGHTS)[0]
    cuotas = 12 if product.declared else schedule
    return Policy(
        holder, product, number,
        identity=SEPARATOR.join((product.line, product.code, product.name, number)),
        currency="USD" if dollars else "PEN",
        issued=start if product.declared else days_back(rng, start, 9),
        start=start,
        first_due=add_days(start, int(rng.random() * 16)),
        cuotas=cuotas,
        whole=_whole_premium(rng, product, holder.buyer, cuotas, dollars=dollars),
        taxed=products.taxed_share(product, holder.buyer),
        charged_to=rng.choice(_CHARGED) if rng.random() < _CHARGED_SHARE else "",
        certificates=_certificates(rng, product),
        plate=_plate(rng) if product.code in {"VEH", "SOA"} else "",
        rate=20 + int(rng.random() * 160),
        insured=3 + int(rng.expovariate(1 / 40)),
        type_13=product.code == "VIN" and rng.random() < 0.12,
        service=_service(rng, scene.brokerage.rank, product),
    )  # fmt: skip


def _whole_premium(
    rng: Random, product: Product, buyer: Buyer, cuotas: int, *, dollars: bool
) -> Premium:
    """Log-normal around the product's median; people's policies are smaller than firms'."""
    soles = product.yearly * rng.lognormvariate(0, 0.6)
    if product.buyer is Buyer.ANY and buyer is Buyer.PERSON:
        soles *= 0.6
    if product.declared:
        soles /= 12
    cents = max(1_000, int(soles * 100 / (_SOLES_PER_DOLLAR if dollars else 1)))
    financed = cuotas >= 10 and product.line is Line.GENERALES and rng.random() < 0.5
    return premium(
        cents,
        fee=not product.by_eps,
        interest=250 + cuotas * 20 if financed else 0,
        taxed=products.taxed_share(product, buyer),
    )


def _service(rng: Random, rank: int, product: Product) -> str:
    """One of the four executives of the brokerage, somewhere in the country."""
    executive = names.clerk_name((rank * 4 + int(rng.random() * 4)) * 7_919)
    return SEPARATOR.join((executive, rng.choice(_BRANCHES), text(product.commission)))


def _certificates(rng: Random, product: Product) -> tuple[str, ...]:
    if product.code == "VIN":
        return (f"{int(rng.random() * 1_000_000):06d}",)
    if product.code in {"VGR", "DGV"} and rng.random() < 0.25:
        return ("0001", "0002")  # two groups of insured under one settlement
    return ("",)


def _plate(rng: Random) -> str:
    first, third = rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=2)
    return f"{first}{int(rng.random() * 10)}{third}-{int(rng.random() * 1000):03d}"
