"""A voucher paper for tests: the example of a year's Vida Ley in twelve cuotas."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from corredores.papers.letterhead import Letterhead
from corredores.vouchers.voucher_paper import PaymentTerm, VoucherLine, VoucherPaper

ISSUER = Letterhead(
    name="Andina Compañía de Seguros y Reaseguros S.A.",
    ruc="20332970411",
    address="Av. Los Incas 830, San Isidro, Lima",
    contact="513 5000, opción 9",
)
LINES = (
    VoucherLine(description="Prima Vida Ley", unit_value=Decimal(1000), amount=Decimal(1000)),
    VoucherLine(description="Derecho de emisión", unit_value=Decimal(30), amount=Decimal(30)),
)
INVOICE = VoucherPaper(
    issuer=ISSUER,
    kind="01",
    series="F001",
    number=123,
    issued_on=dt.date(2026, 3, 15),
    status="ACEPTADO",
    customer_doc_type="6",
    customer_doc_number="20131312955",
    customer_name="MUÑOZ & PEÑA ASOCIADOS S.A.C.",
    customer_address="Jr. Los Ñandúes 455, Miraflores",
    currency="PEN",
    lines=LINES,
    taxed=Decimal("1030.00"),
    vat=Decimal("185.40"),
    total=Decimal("1215.40"),
    payment_means="Crédito",
    terms=(PaymentTerm(label="Cuota001", amount=Decimal("1215.40"), due_on=dt.date(2026, 4, 15)),),
    policy_number="0047118",
    endorsement="0",
    installment_no=3,
    installment_count=12,
    coverage_start=dt.date(2026, 3, 1),
    coverage_end=dt.date(2026, 3, 31),
    insurance_type="Vida Ley",
    sum_insured=Decimal(250000),
    brokerage="Andes Riesgo y Seguros",
    hash="ZG3Kq0p3zE0x7bVQ0v0Q1p2s3t4=",
)


def invoice(**changes: Any) -> VoucherPaper:
    """The example, changed."""
    return replace(INVOICE, **changes)
