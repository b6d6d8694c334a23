"""From a SettlementPaper to the PDF. The template only places what is said here."""

from pathlib import Path

from corredores.installments.status import LABELS, Status
from corredores.papers.figures import NAMES, SYMBOLS, day, figure, money, period
from corredores.papers.typeset import typeset
from corredores.papers.words import amount_in_words
from corredores.portfolio.documents import DocumentType
from corredores.settlements.settlement_paper import KINDS, SettlementPaper

TEMPLATE = Path(__file__).with_name("settlement.typ")
TITLE = "LIQUIDACIÓN DE PRIMA"
WATERMARKS: dict[str, str] = {Status.VOID: "ANULADA", Status.RESCHEDULED: "REEMPLAZADA"}
NOTICES: dict[str, str] = {
    Status.VOID: "Esta liquidación fue anulada: no debe pagarse.",
    Status.RESCHEDULED: "Esta liquidación fue reemplazada por otra: no debe pagarse.",
}
SMALL_PRINT = "Esta liquidación no es un comprobante de pago; el comprobante se emite por separado."
# States in which paying is still what the client should do.
PAYABLE: tuple[str, ...] = (Status.PENDING, Status.PARTIAL, Status.REJECTED)
DOCUMENTS: dict[str, str] = dict(DocumentType.choices)

Pairs = list[tuple[str, str]]


def render(paper: SettlementPaper) -> bytes:
    """Return the PDF of one settlement; equal papers make equal bytes. Raises PaperError."""
    return typeset(
        TEMPLATE,
        settlement_data(paper),
        title=f"Liquidación de prima {paper.number}",
        issued=paper.issued_on,
        watermark=WATERMARKS.get(paper.status, ""),
    )


def settlement_data(paper: SettlementPaper) -> dict[str, object]:
    """Return what the template prints: finished texts only."""
    return {
        "letterhead": paper.issuer.data(),
        "box": {"title": TITLE, "number": paper.number, "note": KINDS[paper.kind]},
        "notice": NOTICES.get(paper.status, ""),
        "issue": _issue(paper),
        "policyholder": _policyholder(paper),
        "policy": _policy(paper),
        "symbol": SYMBOLS.get(paper.currency, paper.currency),
        "premium": _premium(paper),
        "words": amount_in_words(paper.total, paper.currency),
        "totals": _totals(paper),
        "grand": _grand(paper),
        "instructions": _instructions(paper),
        "small_print": SMALL_PRINT,
    }


def _issue(paper: SettlementPaper) -> Pairs:
    settled = ("Fecha de pago", day(paper.paid_on)) if paper.paid_on else None
    pairs = [
        ("Fecha de emisión", day(paper.issued_on)),
        ("Fecha de vencimiento", day(paper.due_on)),
        settled,
        ("Moneda", NAMES.get(paper.currency, paper.currency)),
        ("Estado", LABELS[paper.status]),
    ]
    return [pair for pair in pairs if pair]


def _policyholder(paper: SettlementPaper) -> dict[str, str]:
    return {
        "name": paper.policyholder_name,
        "document_type": DOCUMENTS.get(paper.policyholder_doc_type, paper.policyholder_doc_type),
        "document": paper.policyholder_doc_number,
        "address": paper.policyholder_address,
    }


def _policy(paper: SettlementPaper) -> Pairs:
    return [
        ("Póliza", paper.policy_number),
        ("Producto", paper.product),
        ("Vigencia", period(paper.coverage_start, paper.coverage_end)),
        ("Corredor de seguros", paper.brokerage),
        ("Comprobante de pago", paper.voucher_number),
    ]


def _premium(paper: SettlementPaper) -> dict[str, str]:
    """The one row of the table; a dash where the policy has no payroll or no rate."""
    count, payroll = paper.insured_count, paper.payroll
    return {
        "concept": f"{KINDS[paper.kind]} · {paper.product}",
        "period": period(paper.coverage_start, paper.coverage_end),
        "insured": "—" if count is None else f"{count:,}",
        "payroll": "—" if payroll is None else figure(payroll),
        "rate": paper.rate or "—",
        "net": figure(paper.net_premium),
    }


def _totals(paper: SettlementPaper) -> Pairs:
    amounts = [("Prima neta", paper.net_premium), ("Derecho de emisión", paper.issue_fee)]
    return [(label, money(sum_, paper.currency)) for label, sum_ in (*amounts, ("IGV", paper.vat))]


def _grand(paper: SettlementPaper) -> tuple[str, str]:
    label = "Importe a favor" if paper.total < 0 else "Importe total"
    if paper.total >= 0 and paper.status in PAYABLE:
        label = "Total a pagar"
    return label, money(paper.total, paper.currency)


def _instructions(paper: SettlementPaper) -> list[str]:
    """How to pay, but never on a paper that must not be paid, or not again."""
    return list(paper.payment_instructions) if _grand(paper)[0] == "Total a pagar" else []
