"""liquidaciones: the premium settlements of Life, key `numero`."""

from corredores.installments.status import Status
from corredores.loading.cells import Choice, Day, Money, Text, Whole
from corredores.loading.shape import Column, Extra, Kind
from corredores.settlements.models import SettlementType

from .shared import (
    BROKERAGE,
    BROKERAGE_ID,
    BROKERAGE_JOIN,
    BROKERAGE_KNOWN,
    COVERAGE_FORWARDS,
    CURRENCY,
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

SETTLEMENTS = Kind(
    name="liquidaciones",
    table="settlements_settlement",
    key=("number",),
    generates="status",
    identity=("s.numero",),
    known_by=("s.numero",),
    columns=(
        Column("numero", "number", Text(64), required=True),
        BROKERAGE,
        Column("tipo", "type", Choice(tuple(SettlementType.values)), required=True),
        Column("poliza", "policy_number", Text(64), required=True),
        *PRODUCT,
        *person("contratante", "policyholder"),
        *coverage(required=True),
        Column("asegurados", "insured_count", Whole(most=2_147_483_647)),
        Column("planilla", "payroll", Money(empty="null")),
        Column("tasa", "rate", Text(60)),
        CURRENCY,
        *amounts(interest=False),
        Column("fecha_emision", "issued_on", Day(), required=True),
        Column("fecha_vencimiento", "due_on", Day(), required=True),
        Column("fecha_pago", "paid_on", Day()),
        Column("estado", "status", Choice(tuple(Status.values)), required=True),
        *VOUCHER,
        UPDATED_AT,
    ),
    rules=(
        BROKERAGE_KNOWN,
        PAID_WITH_DATE,
        COVERAGE_FORWARDS,
        sum_differs("prima_neta", "derecho_emision", "igv"),
    ),
    typed=(BROKERAGE_ID,),
    typed_joins=BROKERAGE_JOIN,
    extras=(
        Extra("line", "'VIDA'"),
        Extra("policyholder_id", "p.id"),
        Extra("policyholder_folded", "p.folded"),
        Extra("voucher_id", "l.voucher_id"),
        Extra("voucher_issued_on", "l.issued_on"),
        Extra("voucher_issuer_id", "l.issuer_id"),
    ),
    joins=PEOPLE_AND_LINKS,
    order=("s.brokerage_id", "coalesce(s.paid_on, s.due_on)"),
)
