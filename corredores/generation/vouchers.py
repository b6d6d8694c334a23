"""The line of comprobantes.csv."""

from binascii import b2a_base64

from corredores.generation.charges import Charge
from corredores.generation.dates import iso, stamp
from corredores.generation.installments import Entry
from corredores.generation.invoicing import Voucher
from corredores.generation.policies import Policy
from corredores.generation.premiums import percent, text, text_or_empty
from corredores.generation.scene import Scene

COLUMNS = (
    "emisor_ruc", "emisor", "emisor_direccion", "tipo", "serie", "numero", "codigo_corredor",
    "id_cuota", "liquidacion", "poliza", "producto", "cliente_tipo_doc", "cliente_num_doc",
    "cliente", "cliente_direccion", "fecha_emision", "moneda", "op_gravada", "op_exonerada",
    "op_inafecta", "igv", "importe", "descripcion", "vigencia_inicio", "vigencia_fin",
    "modifica_tipo", "modifica", "motivo", "estado", "hash", "actualizado_en",
)  # fmt: skip


def row(
    scene: Scene, policy: Policy, charge: Charge, voucher: Voucher, entry: Entry
) -> tuple[str, ...]:
    """One voucher; `entry` is the first of the cuotas that it bills."""
    holder, amount = policy.holder, voucher.premium
    taxed = percent(amount.base, policy.taxed * 100)
    untaxed = text_or_empty(amount.base - taxed)
    untaxable = policy.product.untaxable
    modifies = voucher.modifies
    return (
        voucher.issuer.identity, voucher.kind, voucher.series,
        str(voucher.number), scene.brokerage.code, entry.id_cuota, entry.settlement,
        policy.number, policy.product.name,
        holder.identity, holder.address,
        iso(voucher.issued), policy.currency,
        text_or_empty(taxed), "" if untaxable else untaxed, untaxed if untaxable else "",
        text(amount.igv), text(amount.total), _description(policy, charge),
        iso(charge.start), iso(charge.end),
        modifies.kind if modifies else "", modifies.text if modifies else "", voucher.reason,
        voucher.state, b2a_base64(scene.rng.randbytes(20), newline=False).decode(),
        stamp(scene.rng, voucher.issued),
    )  # fmt: skip


def _description(policy: Policy, charge: Charge) -> str:
    if charge.endorsement:
        return f"{policy.product.name} - póliza {policy.number} - endoso {charge.endorsement}"
    of = f"cuota {charge.number}/{charge.cuotas}"
    return f"{policy.product.name} - póliza {policy.number} - {of}"
