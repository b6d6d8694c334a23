"""The insurer's products (domain.md §2.8) with what their cuotas need to look right.

Weights, premiums and commissions are invented; the tax treatment is domain.md §2.4's assumption.
"""

from enum import StrEnum
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple


class Line(StrEnum):
    """Línea de negocio, as the files spell it."""

    GENERALES = "GENERALES"
    VIDA = "VIDA"
    SALUD = "SALUD"


class Buyer(StrEnum):
    """Who takes the product out."""

    COMPANY = "company"
    PERSON = "person"
    ANY = "any"


class Product(NamedTuple):
    """`yearly`: median net premium in whole soles. `declared`: billed month by month on what
    the client declares, not in the cuotas of a fixed sum. `taxed`: percent of the base under IGV
    for natural persons (companies always pay it in full unless `untaxable`)."""

    line: Line
    code: str
    name: str
    buyer: Buyer
    weight: int
    yearly: int
    commission: int  # hundredths of a percent
    declared: bool = False
    taxed: int = 100
    untaxable: bool = False
    by_eps: bool = False  # billed by the EPS, another legal entity than the insurer


G, V, S = Line.GENERALES, Line.VIDA, Line.SALUD
C, P, A = Buyer.COMPANY, Buyer.PERSON, Buyer.ANY
PENSION = Product(V, "SCP", "SCTR pensión", C, 22, 6_000, 1000, declared=True)
HEALTH = Product(S, "SCS", "SCTR salud", C, 24, 6_500, 1000, declared=True, by_eps=True)
PRODUCTS = (
    Product(G, "VEH", "Vehículos", A, 44, 3_400, 1500),
    Product(G, "SOA", "SOAT", A, 9, 160, 1000),
    Product(G, "INC", "Incendio y líneas aliadas", C, 9, 14_000, 1500),
    Product(G, "TER", "Terremoto", C, 4, 9_000, 1250),
    Product(G, "MUL", "Multirriesgo", C, 9, 6_500, 1500),
    Product(G, "DOM", "Domiciliario", P, 14, 1_100, 1750),
    Product(G, "RCI", "Responsabilidad civil", C, 7, 5_200, 1500),
    Product(G, "TRA", "Transporte", C, 5, 8_000, 1250),
    Product(G, "CAS", "Casco marítimo", C, 2, 15_000, 1000),
    Product(G, "TRE", "TREC", C, 3, 7_000, 1250),
    Product(G, "CAR", "CAR/EAR", C, 3, 12_000, 1250),
    Product(G, "ROT", "Rotura de maquinaria", C, 2, 6_000, 1250),
    Product(G, "DES", "Deshonestidad (3D)", C, 2, 3_000, 1500),
    Product(G, "FIA", "Fianzas/Caución", C, 4, 4_500, 1000),
    Product(G, "AGR", "Agrícola", A, 2, 2_500, 1000, untaxable=True),
    Product(V, "VIN", "Vida individual", P, 60, 3_200, 1750, taxed=0),
    Product(V, "VLE", "Vida ley", C, 34, 5_500, 1250, declared=True),
    Product(V, "VGR", "Vida grupo", C, 12, 7_500, 1250, declared=True),
    Product(V, "DGV", "Desgravamen", C, 6, 16_000, 1000, declared=True),
    Product(V, "ACP", "Accidentes personales", A, 14, 900, 1750, taxed=60),
    PENSION,
    Product(S, "EPR", "EPS plan regular", C, 34, 24_000, 800, declared=True, by_eps=True),
    Product(S, "EPP", "EPS potestativo", A, 12, 5_000, 800, declared=True, by_eps=True),
    HEALTH,
    Product(S, "AMI", "Asistencia médica", P, 40, 5_400, 1250),
    Product(S, "ONC", "Oncológico", P, 26, 1_300, 1500),
)
PAIRS = {PENSION: HEALTH, HEALTH: PENSION}  # the two halves of SCTR carry one number


@cache
def _choices(line: Line, buyer: Buyer) -> tuple[tuple[Product, ...], tuple[int, ...]]:
    found = tuple(p for p in PRODUCTS if p.line is line and p.buyer in (buyer, Buyer.ANY))
    return found, tuple(accumulate(product.weight for product in found))


def draw_product(rng: Random, line: Line, buyer: Buyer) -> Product:
    """A product of the line that such a client buys, by weight."""
    products, weights = _choices(line, buyer)
    return rng.choices(products, cum_weights=weights)[0]


def taxed_share(product: Product, buyer: Buyer) -> int:
    """Percent of the premium's base that carries IGV."""
    if product.untaxable:
        return 0
    return product.taxed if buyer is Buyer.PERSON else 100
