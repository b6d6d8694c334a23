"""Who issues the vouchers: an invented insurer, and an invented EPS for part of Salud."""

from typing import NamedTuple

from corredores.generation.documents import ruc
from corredores.generation.products import Product


class Issuer(NamedTuple):
    """Name and address need no quotes in CSV."""

    ruc: str
    name: str
    address: str


INSURER = Issuer(
    ruc("20", "99000001"), "ANDUVAL SEGUROS Y REASEGUROS S.A.", "Av. Los Cantutales 1000, Lima"
)
EPS = Issuer(
    ruc("20", "99000002"), "ANDUVAL SALUD S.A. EPS", "Av. Los Cantutales 1000, piso 4, Lima"
)


def issuer_of(product: Product) -> Issuer:
    return EPS if product.by_eps else INSURER
