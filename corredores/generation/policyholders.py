"""The clients of a brokerage, one after another: whoever comes first stays first at any size."""

from random import Random
from typing import NamedTuple

from corredores.generation import documents, names
from corredores.generation.documents import DNI, FOREIGNER, PASSPORT, RUC, UNDOMICILED
from corredores.generation.files import SEPARATOR, cell
from corredores.generation.oddities import odd_company
from corredores.generation.products import Buyer

_COMPANIES = 0.42
_PERSON_KINDS = (DNI, RUC, FOREIGNER, PASSPORT, UNDOMICILED)
_PERSON_WEIGHTS = (88, 94, 97, 99, 100)
_WITHOUT_EMAIL, _WITHOUT_TELEPHONE = 11, 7  # every so many clients left none


class Policyholder(NamedTuple):
    """Texts are CSV already: `identity` and `contact` are cells that every file has together."""

    buyer: Buyer
    may_have_factura: bool
    identity: str  # type of document, its number, name
    contact: str  # e-mail, telephone
    address: str


def draw_policyholder(rng: Random, brokerage: int, sequence: int) -> Policyholder:
    """The `sequence`-th client (from 1); who it is follows from its number, not from chance."""
    number = documents.number_of(brokerage, sequence)
    odd = odd_company(brokerage, sequence)
    if rng.random() < _COMPANIES or odd:
        buyer, document = Buyer.COMPANY, documents.company_document(number)
        name, email = odd or names.company_name(number), names.company_email(number)
    else:
        kind = rng.choices(_PERSON_KINDS, cum_weights=_PERSON_WEIGHTS)[0]
        buyer, document = Buyer.PERSON, documents.person_document(number, kind)
        name, email = names.person_name(number), names.person_email(number)
    email = email if sequence % _WITHOUT_EMAIL else ""
    telephone = names.telephone(number) if sequence % _WITHOUT_TELEPHONE else ""
    return Policyholder(
        buyer,
        document.kind == RUC,
        SEPARATOR.join((*document, cell(name))),
        SEPARATOR.join((email, telephone)),
        cell(names.address(number)),
    )
