"""The line of cuotas.csv."""

from functools import lru_cache
from typing import NamedTuple

from corredores.generation.charges import Charge
from corredores.generation.dates import iso, stamp
from corredores.generation.files import SEPARATOR
from corredores.generation.invoicing import Voucher
from corredores.generation.outcomes import Outcome
from corredores.generation.policies import Policy
from corredores.generation.premiums import Premium, percent, text, text_or_empty
from corredores.generation.products import Line
from corredores.generation.scene import Scene

COLUMNS = (
    "id_cuota", "codigo_corredor", "linea", "producto_codigo", "producto", "poliza", "endoso",
    "certificado", "placa", "aviso_cobranza", "contratante_tipo_doc", "contratante_num_doc",
    "contratante", "contratante_correo", "contratante_telefono", "cuota_numero", "cuota_total",
    "moneda", "prima_neta", "derecho_emision", "interes", "igv", "importe", "pagado",
    "fecha_emision", "fecha_vencimiento", "fecha_pago", "fecha_abono", "vigencia_inicio",
    "vigencia_fin", "estado", "reemplazada_por", "canal_pago", "rechazo_fecha", "rechazo_motivo",
    "rechazo_intentos", "liquidacion", "comprobante_tipo", "comprobante", "ejecutivo", "sucursal",
    "comision_porcentaje", "comision_importe", "preliquidacion", "actualizado_en",
)  # fmt: skip
_PRESETTLED_AFTER_DAYS = 15
_NONE = ("", "", "")


def id_of(brokerage: int, sequence: int) -> str:
    """The core's own id: 12 digits, read as text (most begin with zeros)."""
    return f"{brokerage * 10**8 + sequence:012d}"


class Entry(NamedTuple):
    """One cuota of a charge: its id, its share of the premium, and what it points at."""

    id_cuota: str
    premium: Premium
    certificate: str
    settlement: str
    voucher: Voucher | None
    replaced_by: str


def row(scene: Scene, policy: Policy, charge: Charge, entry: Entry) -> tuple[str, ...]:
    """The cells of one cuota, in the order of COLUMNS."""
    rng, today, voucher = scene.rng, scene.today, entry.voucher
    holder, product, outcome = policy.holder, policy.product, charge.outcome
    amount, rejection = entry.premium, outcome.rejection
    return (
        entry.id_cuota, scene.brokerage.code, policy.identity,
        str(charge.endorsement), entry.certificate, policy.plate,
        f"{int(rng.random() * 10**8):08d}" if product.line is Line.GENERALES else "",
        holder.identity, holder.contact,
        str(charge.number), str(charge.cuotas), policy.currency,
        _amounts(amount), text(percent(amount.total, outcome.paid * 100)),
        iso(charge.issued), iso(charge.due), iso(outcome.paid_on),
        iso(outcome.posted_on(today)), iso(charge.start), iso(charge.end),
        outcome.status, entry.replaced_by, outcome.channel,
        *((iso(rejection.on), rejection.reason, str(rejection.attempts)) if rejection else _NONE),
        entry.settlement, voucher.kind if voucher else "", voucher.text if voucher else "",
        policy.service, text(percent(amount.net, product.commission)),
        _presettlement(scene, outcome), stamp(rng, charge.last_event),
    )  # fmt: skip


@lru_cache(maxsize=8)  # the cuotas of one policy are mostly equal
def _amounts(premium: Premium) -> str:
    """Five neighbouring cells: prima_neta to importe."""
    net, fee, interest, igv = premium
    return SEPARATOR.join((
        text(net), text_or_empty(fee), text_or_empty(interest), text(igv), text(premium.total)
    ))  # fmt: skip


def _presettlement(scene: Scene, outcome: Outcome) -> str:
    """Commissions are grouped by month once the payment is old enough."""
    day = outcome.paid_on
    if day is None or outcome.status != "PAGADA":
        return ""
    if (scene.today - day).days < _PRESETTLED_AFTER_DAYS:
        return ""
    return f"PL{day.year}{day.month:02d}-{scene.brokerage.rank:04d}"
