"""All that a printed premium settlement says: the contract between the row and its paper.

Amounts are Decimal in `currency`, negative for an exclusion; dates are Lima's.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from corredores.installments.status import Status
from corredores.papers.letterhead import Letterhead

KINDS = {
    "REGULAR": "Regular",
    "INCLUSION": "Inclusión",
    "AJUSTE": "Ajuste",
    "EXCLUSION": "Exclusión",
}


@dataclass(frozen=True, kw_only=True)
class SettlementPaper:
    """A settlement as printed. Raises ValueError for an unknown type or state."""

    issuer: Letterhead
    number: str
    kind: str  # REGULAR, INCLUSION, AJUSTE, EXCLUSION
    status: str  # as cuotas: PENDIENTE, PAGADA, ANULADA…
    issued_on: dt.date
    due_on: dt.date
    paid_on: dt.date | None = None

    policyholder_doc_type: str  # catalogue 06
    policyholder_doc_number: str
    policyholder_name: str
    policyholder_address: str = ""
    brokerage: str = ""

    policy_number: str
    product: str
    coverage_start: dt.date
    coverage_end: dt.date
    insured_count: int | None = None
    payroll: Decimal | None = None
    rate: str = ""  # as the core words it: `0.53 %`, `5.3 por mil`

    currency: str  # PEN or USD
    net_premium: Decimal
    issue_fee: Decimal = Decimal(0)
    vat: Decimal
    total: Decimal

    voucher_number: str = ""  # the voucher that it led to, `F001-123`
    payment_instructions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown settlement type {self.kind!r}")
        if self.status not in Status.values:
            raise ValueError(f"unknown settlement state {self.status!r}")
