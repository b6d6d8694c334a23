"""The columns that reports share: those of the lists, with the words of a report."""

from dataclasses import replace

from corredores.installments.listing import CUOTAS, STATE
from corredores.listings import Column, Date, Days, Listing, Money, Text
from corredores.settlements.listing import LIQUIDACIONES

# A client has one name in a report, the one known now, whatever a cuota was issued to.
POLICYHOLDER = replace(
    CUOTAS.column("contratante"),
    source="policyholder__name",
    sort="policyholder__folded_name",
    group="policyholder_id",
)
# The same number may be that of two policies, of two products.
POLICY = replace(CUOTAS.column("poliza"), kind=Text(), group="product_code")
PRODUCT = replace(CUOTAS.column("producto"), group="product_code")
CURRENCY = CUOTAS.column("moneda")
OWED = Column("saldo", "Saldo", "owed", Money())
AGE = Column("dias", "Días vencidos", "age", Days(), under="vencimiento")
BRANCH = Column("sucursal", "Sucursal", "branch", Text(), page=False)
STATE_THEN = Column("estado", "Estado", "state", STATE)
LAST_PAYMENT = Column("fecha_pago", "Último pago", "last_payment", Date())
LAST_REJECTION = (
    Column("ultimo_rechazo", "Último rechazo", "rejected_on", Date(phrase="rechazo {}"),
           under="estado"),
    Column("motivo", "Motivo de rechazo", "rejection_reason", Text(width=22), under="estado"),
)  # fmt: skip


def of(listing: Listing, *names: str) -> tuple[Column, ...]:
    """The columns of a list by name, those of policy and policyholder as reports have them."""
    known = {it.name: it for it in (POLICYHOLDER, POLICY, PRODUCT)}
    return tuple(known.get(name) or listing.column(name) for name in names)


# What every report of cuotas begins with (domain.md §4).
POLICY_OF_CUOTA = of(
    CUOTAS,
    "contratante", "tipo_doc", "num_doc", "poliza", "producto", "endoso", "aviso", "placa",
    "cuota", "emision", "certificado", "inicio", "fin",
)  # fmt: skip
POLICY_OF_SETTLEMENT = of(
    LIQUIDACIONES,
    "contratante", "tipo_doc", "num_doc", "poliza", "producto", "liquidacion", "tipo",
    "inicio", "fin", "asegurados", "planilla",
)  # fmt: skip
VOUCHER = of(CUOTAS, "liquidacion", "comprobante", "id_cuota")
