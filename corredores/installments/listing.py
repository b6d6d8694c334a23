"""The list of cuotas: its columns per business line (domain.md §4)."""

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Right, Viewer
from corredores.listings import (
    Choice,
    Column,
    Date,
    Days,
    Decimals,
    Integer,
    Link,
    Listing,
    Money,
    Text,
    Total,
)
from corredores.portfolio.currency import Currency
from corredores.portfolio.documents import DocumentType, masked
from corredores.portfolio.models import VOUCHERS_FROM

from .channels import PaymentChannel
from .filters import CuotasFilters
from .queries import installments_of
from .status import EXPLANATIONS, LABELS, TONES

LIFE = ("linea", ("", BusinessLine.VIDA))
LIFE_OR_HEALTH = ("linea", ("", BusinessLine.VIDA, BusinessLine.SALUD))
ONLY_LIFE = ("linea", (BusinessLine.VIDA,))
GENERAL = ("linea", (BusinessLine.GENERALES,))
ONE_PAGE = "/estados-de-cuenta/cuotas/{}/"

STATE = Choice(labels=LABELS, tones=TONES, meanings=EXPLANATIONS)
VOUCHER = Link(
    address="/comprobantes/{}.pdf",
    key="voucher_id",
    state="voucher_state",
    reasons={
        "ANTIGUO": f"Solo se descargan los emitidos desde el {VOUCHERS_FROM:%d/%m/%Y}",
        "SIN_DOCUMENTO": "El documento aún no está en el portal",
    },
    empty="Por emitir",
)


def may_read(viewer: Viewer) -> bool:
    """Anyone with a place in a brokerage reads its cuotas; which ones, `visible_to` says."""
    return viewer.brokerage_id is not None


POLICY_COLUMNS = (
    Column("poliza", "Nº póliza", "policy_number", Link(address=ONE_PAGE)),
    Column("producto", "Producto", "product", Text(width=22), under="poliza"),
    Column(
        "linea", "Línea", "line", Choice(labels=dict(BusinessLine.choices)), under="poliza",
        when=("linea", ("",)),
    ),
    Column(
        "endoso", "Endoso", "endorsement", Text(hidden=("0",), width=9, phrase="endoso\xa0{}"),
        under="poliza",
    ),
    Column(
        "contratante", "Contratante", "policyholder_name", Text(width=36),
        sort="policyholder_folded",
    ),
    Column(
        "tipo_doc", "Tipo doc.", "policyholder_doc_type",
        Choice(labels=dict(DocumentType.choices)), under="contratante",
    ),
    Column(
        "num_doc", "Nº documento", "policyholder_doc_number", Text(), under="contratante",
        right=Right.DOCUMENTS, otherwise=masked("policyholder_doc_number"),
    ),
)  # fmt: skip

CUOTAS = Listing(
    slug="cuotas",
    title="Cuotas",
    noun=("cuota", "cuotas"),
    purpose="Cuotas de las pólizas, con su estado, sus fechas y sus comprobantes.",
    rows=installments_of,
    filters=CuotasFilters,
    permission=may_read,
    order=("-fecha_pago",),
    totals=(Total("importe", "Importe"), Total("saldo", "Saldo")),
    columns=(
        *POLICY_COLUMNS,
        Column("aviso", "Aviso de cobranza", "collection_notice", Text(width=12), when=GENERAL),
        Column("placa", "Placa", "plate", Text(width=10), under="aviso", when=GENERAL),
        Column("cuota", "Cuota", "number_of_count", Text(width=8), sort="number"),
        Column("inicio", "Inicio vigencia", "coverage_start", Date(), when=LIFE_OR_HEALTH),
        Column(
            "fin", "Fin vigencia", "coverage_end", Date(phrase="al\xa0{}"), under="inicio",
            when=LIFE_OR_HEALTH,
        ),
        Column("emision", "Emisión", "issued_on", Date(phrase="em.\xa0{}"), under="cuota"),
        Column(
            "certificado", "Certificado", "certificate", Text(phrase="cert.\xa0{}"), under="cuota",
            when=ONLY_LIFE,
        ),
        Column("vencimiento", "Vence", "due_on", Date()),
        Column("dias", "Días vencidos", "days_overdue", Days(), under="vencimiento"),
        Column(
            "limite", "Límite antes de suspensión", "suspends_on", Date(phrase="límite\xa0{}"),
            under="vencimiento", when=GENERAL,
        ),
        Column("fecha_pago", "Fecha de pago", "payment_date", Date()),
        Column(
            "canal", "Canal de pago", "payment_channel",
            Choice(labels=dict(PaymentChannel.choices)), under="fecha_pago",
        ),
        Column("estado", "Estado", "state", STATE, sort="status"),
        Column(
            "rechazo", "Motivo de rechazo", "rejection_reason", Text(width=22), under="estado",
            when=GENERAL,
        ),
        Column(
            "moneda", "Moneda", "currency", Choice(labels=dict(Currency.choices)), page=False
        ),
        Column("importe", "Importe", "total", Money()),
        Column("saldo", "Saldo", "balance", Money()),
        Column(
            "liquidacion", "Liquidación", "settlement_number",
            Link(address="/liquidaciones/{}.pdf", key="settlement_number"), when=LIFE,
        ),
        Column("comprobante", "Comprobante", "voucher_number", VOUCHER),
        Column(
            "otros_comprobantes", "Otros comprobantes", "other_vouchers",
            Integer(phrase="y {} más"), under="comprobante", sort="",
        ),
        Column(
            "comision_porcentaje", "Comisión %", "commission_percent", Decimals(), page=False,
            right=Right.COMMISSION,
        ),
        Column(
            "comision", "Comisión", "commission_amount", Money(), page=False,
            right=Right.COMMISSION,
        ),
        Column("id_cuota", "Id de cuota", "external_id", Text(), page=False),
    ),
)  # fmt: skip
