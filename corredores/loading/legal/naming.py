"""`<RUC>-<TIPO>-<SERIE>-<NUMERO>.xml`, `.pdf` and `R-<same>.xml`: SUNAT's rule for names."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corredores.loading.problems import Problem, RefusedError
from corredores.vouchers.models import VoucherType

ENDINGS = frozenset({".xml", ".pdf"})
_NAME = re.compile(
    r"(?P<answer>R-)?(?P<ruc>\d{11})-(?P<type>\d\d)-(?P<series>[A-Z0-9]{1,20})-"
    r"0*(?P<number>[1-9]\d{0,7})\.(?P<ending>XML|PDF)",
    re.ASCII,
)
_RULE = "<RUC>-<TIPO>-<SERIE>-<NUMERO>.xml o .pdf, y R-<lo mismo>.xml para la respuesta de SUNAT"


class Sort(StrEnum):
    """What a legal file is of its voucher."""

    XML = "xml"
    PDF = "pdf"
    CDR = "cdr"


@dataclass(frozen=True, order=True)
class VoucherName:
    """What names a voucher; padding of the number is dropped."""

    ruc: str
    type: str
    series: str
    number: str

    def parts(self) -> list[str]:
        return [self.ruc, self.type, self.series, self.number]


def is_legal(path: Path) -> bool:
    """Whether a file is to be read as a legal one. Here, and only here, its name tells."""
    return path.suffix.lower() in ENDINGS


def named(file: str) -> tuple[Sort, VoucherName]:
    """What the name of a file says it is. Raises RefusedError."""
    found = _NAME.fullmatch(file.upper())
    if found is None or (found["answer"] and found["ending"] == "PDF"):
        raise RefusedError(Problem("nombre", f"el nombre no es {_RULE}", value=file[:200]))
    if found["type"] not in VoucherType.values:
        message = f"este tipo de comprobante no se lee; se leen {', '.join(VoucherType.values)}"
        raise RefusedError(Problem("tipo_comprobante", message, value=found["type"]))
    sort = Sort.PDF if found["ending"] == "PDF" else Sort.CDR if found["answer"] else Sort.XML
    return sort, VoucherName(found["ruc"], found["type"], found["series"], found["number"])
