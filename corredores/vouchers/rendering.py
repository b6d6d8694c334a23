"""From a VoucherPaper to the PDF. The template only places what is said here."""

from pathlib import Path

from corredores.papers.figures import NAMES, SYMBOLS, day, figure, money, period, quantity, to_cents
from corredores.papers.qr import qr
from corredores.papers.typeset import typeset
from corredores.papers.words import amount_in_words
from corredores.portfolio.documents import DocumentType
from corredores.vouchers.catalogues import (
    REPRESENTATIONS,
    SHORT_TITLES,
    STATES,
    TITLES,
    affectation_text,
    reason_text,
)
from corredores.vouchers.voucher_paper import VoucherLine, VoucherPaper

TEMPLATE = Path(__file__).with_name("voucher.typ")
WATERMARKS = {"BAJA": "DADO DE BAJA", "RECHAZADO": "RECHAZADO"}
NOTICES = {
    "BAJA": "Este comprobante fue dado de baja: no tiene validez.",
    "RECHAZADO": "SUNAT rechazó este comprobante: no tiene validez.",
}
DOCUMENTS: dict[str, str] = dict(DocumentType.choices)

Pairs = list[tuple[str, str]]


def render(paper: VoucherPaper) -> bytes:
    """Return the PDF of one voucher; equal papers make equal bytes. Raises PaperError."""
    return typeset(
        TEMPLATE,
        voucher_data(paper),
        title=f"{SHORT_TITLES[paper.kind]} {paper.full_number}",
        issued=paper.issued_on,
        watermark=WATERMARKS.get(paper.status, ""),
    )


def qr_content(paper: VoucherPaper) -> str:
    """Return what SUNAT wants in the QR, in its order and between pipes.

    RUC, type, series, number, IGV, total, date, customer's document type and number, hash.
    """
    amounts = (f"{to_cents(paper.vat):.2f}", f"{to_cents(paper.total):.2f}")
    customer = (paper.customer_doc_type, paper.customer_doc_number)
    number = (paper.kind, paper.series, str(paper.number))
    date = paper.issued_on.isoformat()
    return "|".join((paper.issuer.ruc, *number, *amounts, date, *customer, paper.hash))


def voucher_data(paper: VoucherPaper) -> dict[str, object]:
    """Return what the template prints: finished texts only."""
    return {
        "letterhead": paper.issuer.data(),
        "box": {"title": TITLES[paper.kind], "number": paper.full_number, "note": ""},
        "notice": NOTICES.get(paper.status, ""),
        "issue": _issue(paper),
        "customer": _customer(paper),
        "modifies": _modifies(paper),
        "insurance": _insurance(paper),
        "symbol": SYMBOLS.get(paper.currency, paper.currency),
        "lines": [_line(*numbered) for numbered in enumerate(paper.lines, 1)],
        "words": amount_in_words(paper.total, paper.currency),
        "terms": [
            {"label": t.label, "due": day(t.due_on), "amount": money(t.amount, paper.currency)}
            for t in paper.terms
        ],
        "totals": _totals(paper),
        "grand": ("Importe total", money(paper.total, paper.currency)),
        "qr": qr(qr_content(paper)),
        "qr_alt": f"Código QR del comprobante {paper.full_number}",
        "representation": f"{REPRESENTATIONS[paper.kind]} {paper.full_number}",
        "small_print": _small_print(paper),
    }


def _issue(paper: VoucherPaper) -> Pairs:
    return [
        ("Fecha de emisión", day(paper.issued_on)),
        ("Moneda", NAMES.get(paper.currency, paper.currency)),
        ("Forma de pago", paper.payment_means),
        ("Estado", STATES[paper.status]),
    ]


def _customer(paper: VoucherPaper) -> dict[str, str]:
    return {
        "name": paper.customer_name,
        "document_type": DOCUMENTS.get(paper.customer_doc_type, paper.customer_doc_type),
        "document": paper.customer_doc_number,
        "address": paper.customer_address,
    }


def _modifies(paper: VoucherPaper) -> Pairs:
    if not paper.modifies_number:
        return []
    kind = SHORT_TITLES.get(paper.modifies_kind, paper.modifies_kind)
    return [
        ("Documento", f"{kind} {paper.modifies_number}".strip()),
        ("Fecha de emisión", day(paper.modifies_on)),
        ("Motivo", reason_text(paper.kind, paper.reason_code)),
        ("Sustento", paper.reason),
    ]


def _insurance(paper: VoucherPaper) -> Pairs:
    insured = paper.sum_insured
    pairs = [
        ("Póliza", paper.policy_number),
        ("Endoso", paper.endorsement),
        ("Cuota", _installment(paper)),
        ("Vigencia", period(paper.coverage_start, paper.coverage_end)),
        ("Tipo de seguro", paper.insurance_type),
        ("Suma asegurada", "" if insured is None else money(insured, paper.currency)),
        ("Corredor de seguros", paper.brokerage),
    ]
    return [pair for pair in pairs if pair[1]]


def _installment(paper: VoucherPaper) -> str:
    if paper.installment_no is None:
        return ""
    return f"{paper.installment_no} de {paper.installment_count or paper.installment_no}"


def _line(position: int, line: VoucherLine) -> dict[str, str]:
    return {
        "position": str(position),
        "description": line.description,
        "quantity": quantity(line.quantity),
        "unit_value": figure(line.unit_value),
        "affectation": affectation_text(line.affectation),
        "amount": figure(line.amount),
    }


def _totals(paper: VoucherPaper) -> Pairs:
    """The operations that there are (taxed when there is none), then the IGV."""
    operations = [
        ("Op. gravada", paper.taxed),
        ("Op. exonerada", paper.exempt),
        ("Op. inafecta", paper.non_taxable),
    ]
    told = [pair for pair in operations if pair[1]] or operations[:1]
    return [(label, money(sum_, paper.currency)) for label, sum_ in (*told, ("IGV", paper.vat))]


def _small_print(paper: VoucherPaper) -> list[str]:
    digest = f"Valor resumen: {paper.hash}" if paper.hash else ""
    state = f"Estado: {STATES[paper.status]}"
    return [row for row in (digest, state, paper.how_to_consult) if row]
