"""cuotas: the installments, key `id_cuota`."""

from corredores.installments.channels import PaymentChannel
from corredores.installments.status import Status
from corredores.loading.cells import Choice, Day, Money, Rate, Text, Whole
from corredores.loading.shape import Column, Extra, Kind, Reference, Rule

from .shared import (
    BROKERAGE,
    BROKERAGE_ID,
    BROKERAGE_JOIN,
    BROKERAGE_KNOWN,
    COVERAGE_FORWARDS,
    CURRENCY,
    LINES,
    PAID_WITH_DATE,
    PEOPLE_AND_LINKS,
    PRODUCT,
    UPDATED_AT,
    VOUCHER,
    amounts,
    coverage,
    person,
    sum_differs,
)

_COLUMNS = (
    Column("id_cuota", "external_id", Text(64), required=True),
    BROKERAGE,
    Column("linea", "line", Choice(LINES), required=True),
    *PRODUCT,
    Column("poliza", "policy_number", Text(64), required=True),
    Column("endoso", "endorsement", Text(64), default="'0'"),
    Column("certificado", "certificate", Text(64)),
    Column("placa", "plate", Text(20)),
    Column("aviso_cobranza", "collection_notice", Text(64)),
    *person("contratante", "policyholder"),
    Column("contratante_correo", "", Text(254)),
    Column("contratante_telefono", "", Text(60)),
    Column("cuota_numero", "number", Whole(), required=True),
    Column("cuota_total", "count", Whole(), required=True),
    CURRENCY,
    *amounts(interest=True),
    Column("pagado", "paid", Money()),
    Column("fecha_emision", "issued_on", Day(), required=True),
    Column("fecha_vencimiento", "due_on", Day(), required=True),
    Column("fecha_pago", "paid_on", Day()),
    Column("fecha_abono", "posted_on", Day()),
    *coverage(required=False),
    Column("estado", "status", Choice(tuple(Status.values)), required=True),
    Column("reemplazada_por", "replaced_by", Text(64)),
    Column("canal_pago", "payment_channel", Choice(tuple(PaymentChannel.values))),
    Column("rechazo_fecha", "rejected_on", Day()),
    Column("rechazo_motivo", "rejection_reason", Text(250)),
    Column("rechazo_intentos", "rejection_attempts", Whole(), default="0"),
    Column("liquidacion", "settlement_number", Text(64)),
    *VOUCHER,
    Column("ejecutivo", "executive", Text(120)),
    Column("sucursal", "branch", Text(120)),
    Column("comision_porcentaje", "commission_percent", Rate(3, 4)),
    Column("comision_importe", "commission_amount", Money(empty="null")),
    Column("preliquidacion", "presettlement", Text(64)),
    UPDATED_AT,
)

_RULES = (
    BROKERAGE_KNOWN,
    Rule(
        "numero_mayor",
        "cuota_numero",
        "s.cuota_numero::integer > s.cuota_total::integer",
        ("cuota_numero", "cuota_total"),
        "el número de cuota es mayor que cuota_total",
    ),
    PAID_WITH_DATE,
    Rule(
        "anulada_con_pago",
        "pagado",
        "s.estado = 'ANULADA' and s.pagado::numeric > 0",
        ("estado", "pagado"),
        "una cuota ANULADA no puede tener un importe pagado",
    ),
    Rule(
        "reprogramada_sin_nueva",
        "reemplazada_por",
        "s.estado = 'REPROGRAMADA' and s.reemplazada_por is null",
        ("estado", "reemplazada_por"),
        "una cuota REPROGRAMADA necesita reemplazada_por",
    ),
    Rule(
        "liquidacion_fuera_de_vida",
        "liquidacion",
        "s.liquidacion is not null and s.linea <> 'VIDA'",
        ("linea", "liquidacion"),
        "solo las cuotas de VIDA tienen liquidación",
    ),
    Rule(
        "vigencia_requerida",
        "vigencia_inicio",
        "s.linea in ('VIDA', 'SALUD') and s.vigencia_inicio is null",
        ("linea", "vigencia_inicio"),
        "las cuotas de VIDA y SALUD necesitan vigencia_inicio",
    ),
    Rule(
        "vigencia_requerida",
        "vigencia_fin",
        "s.linea in ('VIDA', 'SALUD') and s.vigencia_fin is null",
        ("linea", "vigencia_fin"),
        "las cuotas de VIDA y SALUD necesitan vigencia_fin",
    ),
    COVERAGE_FORWARDS,
    sum_differs("prima_neta", "derecho_emision", "interes", "igv"),
)

INSTALLMENTS = Kind(
    name="cuotas",
    table="installments_installment",
    key=("external_id",),
    identity=("s.id_cuota",),
    columns=_COLUMNS,
    rules=_RULES,
    references=(
        Reference(
            "reemplazada_por",
            (
                "select from staged x where x.id_cuota = s.reemplazada_por",
                "select from installments_installment i where i.external_id = s.reemplazada_por",
            ),
            "la cuota que la reemplaza no está en el archivo ni en el portal",
        ),
    ),
    typed=(BROKERAGE_ID,),
    typed_joins=BROKERAGE_JOIN,
    extras=(
        Extra("policyholder_id", "p.id"),
        Extra("policyholder_folded", "p.folded"),
        Extra("voucher_id", "l.voucher_id"),
        Extra("voucher_issued_on", "l.issued_on"),
        Extra("voucher_issuer_id", "l.issuer_id"),
        Extra("voucher_count", "coalesce(l.vouchers, 0)"),
    ),
    joins=PEOPLE_AND_LINKS,
    order="s.brokerage_id, coalesce(s.paid_on, s.due_on)",
)
