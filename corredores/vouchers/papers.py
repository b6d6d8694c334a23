"""The printed representation of a voucher, from its row."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from corredores.accounts.viewer import Viewer
from corredores.database.statement import Statement
from corredores.installments.models import Installment
from corredores.portfolio.letterheads import letterhead

from .models import Voucher
from .rendering import render
from .voucher_paper import PaymentTerm, VoucherLine, VoucherPaper

_ID, _NAMED = "a cuota", (-1, "a type", "a number")  # slots of statements
AFFECTATIONS = {"taxed": "10", "exempt": "20", "non_taxable": "30"}  # SUNAT catalogue 07


def printed_representation(viewer: Viewer, voucher: Voucher) -> bytes:
    """The PDF of a voucher that `viewer` may see (RS 097-2012/SUNAT names what it must show)."""
    return render(voucher_paper(viewer, voucher))


def voucher_paper(viewer: Viewer, voucher: Voucher) -> VoucherPaper:
    """What the paper says: the row, and which cuota of how many it is for."""
    endorsement, number, count = _installment(viewer, voucher)
    return VoucherPaper(
        issuer=letterhead(voucher.issuer),
        kind=voucher.type,
        series=voucher.series,
        number=voucher.number,
        issued_on=voucher.issued_on,
        status=voucher.status,
        customer_doc_type=voucher.customer_doc_type,
        customer_doc_number=voucher.customer_doc_number,
        customer_name=voucher.customer_name,
        customer_address=voucher.customer_address,
        currency=voucher.currency,
        lines=_lines(voucher),
        taxed=voucher.taxed,
        exempt=voucher.exempt,
        non_taxable=voucher.non_taxable,
        vat=voucher.vat,
        total=voucher.total,
        policy_number=voucher.policy_number,
        endorsement=endorsement,
        installment_no=number,
        installment_count=count,
        coverage_start=voucher.coverage_start,
        coverage_end=voucher.coverage_end,
        payment_means=voucher.details.get("payment_means", ""),
        terms=tuple(_term(**term) for term in voucher.details.get("terms", ())),
        insurance_type=voucher.product,
        sum_insured=_decimal(voucher.details.get("sum_insured")),
        brokerage=voucher.brokerage.name,
        modifies_kind=voucher.modifies_type,
        modifies_number=voucher.modifies,
        modifies_on=_modified_on(viewer, voucher),
        reason_code=voucher.reason,
        reason=voucher.details.get("reason", ""),
        hash=voucher.hash,
    )


def _lines(voucher: Voucher) -> tuple[VoucherLine, ...]:
    """Those of its XML; without one, a line per affectation that there is, and at least one."""
    if told := voucher.details.get("lines"):
        return tuple(_line(**line) for line in told)
    parts = [(code, getattr(voucher, field)) for field, code in AFFECTATIONS.items()]
    charged = [(code, amount) for code, amount in parts if amount] or [("10", Decimal(0))]
    text = voucher.description or voucher.product
    return tuple(
        VoucherLine(description=text, unit_value=amount, amount=amount, affectation=code)
        for code, amount in charged
    )


def _line(
    description: str, quantity: str, unit_value: str, amount: str, affectation: str
) -> VoucherLine:
    return VoucherLine(
        description=description,
        quantity=Decimal(quantity),
        unit_value=Decimal(unit_value),
        amount=Decimal(amount),
        affectation=affectation,
    )


def _term(label: str, amount: str, due_on: str) -> PaymentTerm:
    due = dt.date.fromisoformat(due_on) if due_on else None
    return PaymentTerm(label=label, amount=Decimal(amount), due_on=due)


def _decimal(said: str | None) -> Decimal | None:
    return Decimal(said) if said else None


def _installment(viewer: Viewer, voucher: Voucher) -> tuple[str, int | None, int | None]:
    """Endorsement, number and count of the cuota that the voucher is for, as far as known."""
    unknown = ("", None, None)
    if not voucher.installment_external_id:
        return unknown
    rows = _place_of(viewer).fetch(voucher.installment_external_id)
    return rows[0] if rows else unknown


@lru_cache
def _place_of(viewer: Viewer) -> Statement:
    rows = Installment.objects.visible_to(viewer).filter(external_id=_ID)
    return Statement(rows.values_list("endorsement", "number", "count")[:1], _ID)


def _modified_on(viewer: Viewer, voucher: Voucher) -> dt.date | None:
    if not voucher.modifies:
        return None
    rows = _day_of(viewer).fetch(voucher.issuer_id, voucher.modifies_type, voucher.modifies)
    return rows[0][0] if rows else None


@lru_cache
def _day_of(viewer: Viewer) -> Statement:
    issuer, kind, number = _NAMED
    rows = Voucher.objects.visible_to(viewer).filter(issuer=issuer, type=kind, full_number=number)
    return Statement(rows.order_by("pk").values_list("issued_on")[:1], *_NAMED)
