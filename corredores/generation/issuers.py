"""Who issues the vouchers: an invented insurer, and an invented EPS for part of Salud."""

from typing import NamedTuple

from corredores.generation.documents import ruc
from corredores.generation.files import SEPARATOR, cell
from corredores.generation.products import Product


class Issuer(NamedTuple):
    """`identity`: the neighbouring cells emisor_ruc, emisor, emisor_direccion."""

    ruc: str
    identity: str


def _issuer(digits: str, name: str, address: str) -> Issuer:
    number = ruc("20", digits)
    return Issuer(number, SEPARATOR.join((number, cell(name), cell(address))))


_HOUSE = "Av. Los Cantutales 1000"
INSURER = _issuer("99000001", "ANDUVAL SEGUROS Y REASEGUROS S.A.", f"{_HOUSE}, Lima")
EPS = _issuer("99000002", "ANDUVAL SALUD S.A. EPS", f"{_HOUSE}, piso 4, Lima")


def issuer_of(product: Product) -> Issuer:
    return EPS if product.by_eps else INSURER
