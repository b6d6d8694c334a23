"""All that a printed voucher says: the contract between the row and its paper.

Amounts are Decimal in `currency`, dates are Lima's. Texts may be empty, never None.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from corredores.papers.letterhead import Letterhead
from corredores.vouchers.catalogues import STATES, TITLES

HOW_TO_CONSULT = (
    "Consulte su validez en www.sunat.gob.pe, opción «Consulta de validez del comprobante de "
    "pago electrónico», con los datos de este documento."
)
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class VoucherLine:
    """One line: `unit_value` and `amount` without IGV; `affectation` of catalogue 07."""

    description: str
    amount: Decimal
    unit_value: Decimal
    quantity: Decimal = Decimal(1)
    affectation: str = "10"


@dataclass(frozen=True, kw_only=True)
class PaymentTerm:
    """One quota of a voucher on credit (UBL PaymentTerms): `Cuota001`, amount, due date."""

    label: str
    amount: Decimal
    due_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class VoucherPaper:
    """A voucher as printed. Raises ValueError for a type or state that SUNAT does not know."""

    issuer: Letterhead
    kind: str  # catalogue 01: 01, 03, 07, 08, 13
    series: str
    number: int | str
    issued_on: dt.date
    status: str  # EMITIDO, ACEPTADO, RECHAZADO, BAJA

    customer_doc_type: str  # catalogue 06
    customer_doc_number: str
    customer_name: str
    customer_address: str = ""

    currency: str  # PEN or USD
    lines: tuple[VoucherLine, ...]
    taxed: Decimal = ZERO  # op. gravada
    exempt: Decimal = ZERO  # op. exonerada
    non_taxable: Decimal = ZERO  # op. inafecta
    vat: Decimal  # IGV
    total: Decimal
    payment_means: str = ""  # Contado, Crédito
    terms: tuple[PaymentTerm, ...] = ()

    policy_number: str = ""
    endorsement: str = ""
    installment_no: int | None = None
    installment_count: int | None = None
    coverage_start: dt.date | None = None
    coverage_end: dt.date | None = None
    insurance_type: str = ""
    sum_insured: Decimal | None = None
    brokerage: str = ""

    modifies_kind: str = ""  # of the document that a note changes
    modifies_number: str = ""
    modifies_on: dt.date | None = None
    reason_code: str = ""  # catalogue 09 (credit) or 10 (debit)
    reason: str = ""  # in the issuer's own words

    hash: str = ""
    how_to_consult: str = HOW_TO_CONSULT

    def __post_init__(self) -> None:
        if self.kind not in TITLES:
            raise ValueError(f"unknown voucher type {self.kind!r}")
        if self.status not in STATES:
            raise ValueError(f"unknown voucher state {self.status!r}")

    @property
    def full_number(self) -> str:
        """`F001-123`, without padding, as everywhere in the portal."""
        return f"{self.series}-{self.number}" if self.series else str(self.number)
