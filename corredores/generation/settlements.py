"""The line of liquidaciones.csv: group life, one settlement per month or movement."""

from corredores.generation.charges import Charge
from corredores.generation.dates import iso, stamp
from corredores.generation.invoicing import Voucher
from corredores.generation.policies import Policy
from corredores.generation.premiums import text, text_or_empty
from corredores.generation.scene import Scene

COLUMNS = (
    "numero", "codigo_corredor", "tipo", "poliza", "producto_codigo", "producto",
    "contratante_tipo_doc", "contratante_num_doc", "contratante", "vigencia_inicio",
    "vigencia_fin", "asegurados", "planilla", "tasa", "moneda", "prima_neta", "derecho_emision",
    "igv", "importe", "fecha_emision", "fecha_vencimiento", "fecha_pago", "estado",
    "comprobante_tipo", "comprobante", "actualizado_en",
)  # fmt: skip


def number_of(brokerage: int, sequence: int) -> str:
    """Eleven digits, unlike any cuota's or policy's."""
    return f"7{brokerage:04d}{sequence:06d}"


def row(
    scene: Scene, policy: Policy, charge: Charge, number: str, voucher: Voucher | None
) -> tuple[str, ...]:
    """One settlement; its amounts are those of all the cuotas under it."""
    holder, product, amount = policy.holder, policy.product, charge.premium
    return (
        number, scene.brokerage.code, charge.kind, policy.number, product.code, product.name,
        holder.identity,
        iso(charge.start), iso(charge.end), str(charge.insured), text(charge.payroll),
        _rate(policy), policy.currency,
        text(amount.net), text_or_empty(amount.fee), text(amount.igv), text(amount.total),
        iso(charge.issued), iso(charge.due), iso(charge.outcome.paid_on),
        charge.outcome.status,
        voucher.kind if voucher else "", voucher.text if voucher else "",
        stamp(scene.rng, charge.last_event),
    )  # fmt: skip


def _rate(policy: Policy) -> str:
    """Desgravamen is quoted per thousand of the balance, the rest in percent of the payroll."""
    if policy.product.code == "DGV":
        return f"{text(policy.rate * 10)} ‰"
    return f"{text(policy.rate)} %"
