"""The printed representation of a voucher, from its row."""

from decimal import Decimal

from corredores.accounts.viewer import Viewer
from corredores.installments.models import Installment
from corredores.portfolio.letterheads import letterhead

from .models import Voucher
from .rendering import render
from .voucher_paper import VoucherLine, VoucherPaper

AFFECTATIONS = {"taxed": "10", "exempt": "20", "non_taxable": "30"}  # SUNAT catalogue 07


def printed_representation(viewer: Viewer, voucher: Voucher) -> bytes:
    """The PDF of a voucher that `viewer` may see (RS 097-2012/SUNAT names what it must show)."""
    return render(voucher_paper(viewer, voucher))


def voucher_paper(viewer: Viewer, voucher: Voucher) -> VoucherPaper:
    """What the paper says: the row, and which cuota of how many it is for."""
    cuota = _installment(viewer, voucher)
    modified = _modified(viewer, voucher)
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
        endorsement=cuota.endorsement if cuota else "",
        installment_no=cuota.number if cuota else None,
        installment_count=cuota.count if cuota else None,
        coverage_start=voucher.coverage_start,
        coverage_end=voucher.coverage_end,
        insurance_type=voucher.product,
        brokerage=voucher.brokerage.name,
        modifies_kind=voucher.modifies_type,
        modifies_number=voucher.modifies,
        modifies_on=modified.issued_on if modified else None,
        reason_code=voucher.reason,
        hash=voucher.hash,
    )


def _lines(voucher: Voucher) -> tuple[VoucherLine, ...]:
    """One line per affectation that the voucher has, and at least one."""
    parts = [(code, getattr(voucher, field)) for field, code in AFFECTATIONS.items()]
    told = [(code, amount) for code, amount in parts if amount] or [("10", Decimal(0))]
    text = voucher.description or voucher.product
    return tuple(
        VoucherLine(description=text, unit_value=amount, amount=amount, affectation=code)
        for code, amount in told
    )


def _installment(viewer: Viewer, voucher: Voucher) -> Installment | None:
    if not voucher.installment_external_id:
        return None
    rows = Installment.objects.visible_to(viewer)
    return rows.filter(external_id=voucher.installment_external_id).first()


def _modified(viewer: Viewer, voucher: Voucher) -> Voucher | None:
    if not voucher.modifies:
        return None
    rows = Voucher.objects.visible_to(viewer)
    return rows.filter(
        issuer=voucher.issuer_id, type=voucher.modifies_type, full_number=voucher.modifies
    ).first()
