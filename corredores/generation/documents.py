"""Identity numbers with right check digits, in ranges that SUNAT and RENIEC have not reached.

Companies' RUC begin with 209 (real ones are below 207), people's DNI with 95 to 99 or with 000.
"""

from typing import NamedTuple

from stdnum.pe import ruc as sunat_ruc

DNI, FOREIGNER, RUC, PASSPORT, UNDOMICILED = "1", "4", "6", "7", "0"  # SUNAT catalogue 06

NUMBERS = 5_000_000  # how many different people, and firms, the ranges hold
_STEP = 1_670_417  # shares no factor with NUMBERS: neighbours in a portfolio look unrelated
_SHORT_DNI_EVERY = 33


class Document(NamedTuple):
    """A type of catalogue 06 and its number, as text: leading zeros count."""

    kind: str
    number: str


def number_of(brokerage: int, sequence: int) -> int:
    """A number below NUMBERS, different for each client of a brokerage."""
    return (brokerage * 919_191 + sequence * _STEP) % NUMBERS


def ruc(prefix: str, digits: str) -> str:
    """An 11-digit RUC from its prefix (10, 20) and 8 digits."""
    return prefix + digits + sunat_ruc.calc_check_digit(prefix + digits)


def dni(number: int) -> str:
    """Eight digits; some begin with zeros, as those of the oldest people do."""
    if number % _SHORT_DNI_EVERY == 0:
        return f"{number // _SHORT_DNI_EVERY:08d}"
    return str(95_000_000 + number)


def company_document(number: int) -> Document:
    return Document(RUC, ruc("20", str(90_000_000 + number)))


def person_document(number: int, kind: str) -> Document:
    """The document of a natural person; `kind` RUC is a professional's RUC (10 + DNI)."""
    match kind:
        case "6":
            return Document(RUC, ruc("10", dni(number)))
        case "1":
            return Document(DNI, dni(number))
        case "4":
            return Document(FOREIGNER, f"{number:09d}")
        case _:
            return Document(kind, f"X{number:07d}")
