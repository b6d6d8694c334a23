"""Everything known of one cuota, in sections of (label, text, tone) for people."""

from typing import Any

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right, Viewer
from corredores.listings import Date
from corredores.listings.kinds import money
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType
from corredores.portfolio.models import Policyholder

from .channels import PaymentChannel
from .models import Installment, InstallmentChange
from .status import LABELS

Fact = tuple[str, str, str]
Section = tuple[str, list[Fact]]
_LINES = dict(BusinessLine.choices)
_CHANNELS = dict(PaymentChannel.choices)


def sections_of(viewer: Viewer, found: Any) -> list[Section]:
    """Sections of a cuota from `installments_of`; empty facts are left out."""
    sections = [
        ("Importes", _amounts(viewer, found)),
        ("Fechas y plazos", _dates(found)),
        ("Póliza", _policy(found)),
        ("Contratante", _policyholder(viewer, found)),
        ("Cobranza", _collection(found)),
    ]
    return [(title, _told(facts)) for title, facts in sections if _told(facts)]


def history_of(viewer: Viewer, found: Installment) -> list[Fact]:
    """What the cuota was before each change, newest first."""
    changes = InstallmentChange.objects.visible_to(viewer).filter(installment_id=found.pk)
    return [
        (
            f"Hasta la entrega del {change.updated_at:%d/%m/%Y %H:%M}",
            f"{LABELS[change.status]} · importe {money(change.total, change.currency)} · "
            f"pagado {money(change.paid, change.currency)} · vence {change.due_on:%d/%m/%Y}",
            "",
        )
        for change in changes.order_by("-updated_at", "-pk")
    ]


def _told(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact[1]]


def _amounts(viewer: Viewer, found: Any) -> list[Fact]:
    amounts = [
        ("Prima neta", found.net_premium),
        ("Derecho de emisión", found.issue_fee),
        ("Interés", found.interest),
        ("IGV", found.vat),
        ("Importe", found.total),
        ("Pagado", found.paid),
        ("Saldo", found.balance),
    ]
    facts = [(label, money(amount, found.currency), "") for label, amount in amounts]
    facts.append(("Moneda", str(Currency(found.currency).label), ""))
    if viewer.may(Right.COMMISSION) and found.commission_amount is not None:
        percent = (
            f" ({found.commission_percent.normalize():f} %)" if found.commission_percent else ""
        )
        facts.append(("Comisión", money(found.commission_amount, found.currency) + percent, ""))
        facts.append(("Preliquidación", found.presettlement, ""))
    return facts


def _dates(found: Any) -> list[Fact]:
    text = Date().text
    return [
        ("Emisión", text(found.issued_on), ""),
        ("Vencimiento", text(found.due_on), ""),
        ("Pagada", text(found.paid_on), ""),
        ("Abonada", text(found.posted_on), ""),
        ("Límite antes de suspensión (estimada)", text(found.suspends_on), "due"),
        ("Extinción del contrato (estimada)", text(found.extinguishes_on), "late"),
        ("Inicio de vigencia", text(found.coverage_start), ""),
        ("Fin de vigencia", text(found.coverage_end), ""),
    ]


def _policy(found: Any) -> list[Fact]:
    return [
        ("Nº de póliza", found.policy_number, ""),
        ("Línea", str(_LINES[found.line]), ""),
        ("Producto", f"{found.product} ({found.product_code})", ""),
        ("Endoso", found.endorsement, ""),
        ("Certificado", found.certificate, ""),
        ("Placa", found.plate, ""),
        ("Aviso de cobranza", found.collection_notice, ""),
        ("Liquidación de prima", found.settlement_number, ""),
        ("Reemplazada por", found.replaced_by, ""),
        ("Id de cuota", found.external_id, ""),
    ]


def _policyholder(viewer: Viewer, found: Any) -> list[Fact]:
    whole = viewer.may(Right.DOCUMENTS)
    number = found.policyholder_doc_number if whole else f"••••{found.policyholder_doc_number[-4:]}"
    known = Policyholder.objects.visible_to(viewer).filter(pk=found.policyholder_id).first()
    return [
        ("Nombre", found.policyholder_name, ""),
        (str(DocumentType(found.policyholder_doc_type).label), number, ""),
        ("Correo", known.email if known and whole else "", ""),
        ("Teléfono", known.phone if known and whole else "", ""),
    ]


def _collection(found: Any) -> list[Fact]:
    attempts = str(found.rejection_attempts) if found.rejection_attempts else ""
    return [
        ("Canal de pago", str(_CHANNELS.get(found.payment_channel, "")), ""),
        ("Último rechazo", Date().text(found.rejected_on), "late"),
        ("Motivo del rechazo", found.rejection_reason, "late"),
        ("Intentos de cargo", attempts, ""),
        ("Ejecutivo", found.executive, ""),
        ("Sucursal", found.branch, ""),
    ]
