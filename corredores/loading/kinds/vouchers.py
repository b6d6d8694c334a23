"""comprobantes: the payment vouchers, key issuer, type, series and number."""

from corredores.loading.cells import Choice, Day, Money, Pattern, Text, VoucherNumber, Whole
from corredores.loading.shape import Column, Extra, Kind, Reference
from corredores.vouchers.models import VoucherStatus, VoucherType

from .shared import (
    BROKERAGE,
    BROKERAGE_ID,
    BROKERAGE_JOIN,
    BROKERAGE_KNOWN,
    COVERAGE_FORWARDS,
    CURRENCY,
    RUC,
    UPDATED_AT,
    coverage,
    person,
    sum_differs,
)

_TYPES = tuple(VoucherType.values)
_SERIES = Pattern("^[A-Za-z0-9]{1,20}$", "una serie de letras y dígitos, como F001", "serie")
_MODIFIED = VoucherNumber().value("s.modifica")
_NUMBER_OF_X = "upper(x.serie) || '-' || ltrim(x.numero, '0')"

VOUCHERS = Kind(
    name="comprobantes",
    table="vouchers_voucher",
    key=("issuer_id", "type", "series", "number"),
    generates="number",
    identity=("s.emisor_ruc", "s.tipo", "upper(s.serie)", "ltrim(s.numero, '0')"),
    known_by=(
        "(select id from portfolio_issuer where ruc = s.emisor_ruc)",
        "s.tipo",
        "upper(s.serie)",
        r"case when s.numero ~ '^\d{1,18}$' then s.numero::bigint end",
    ),
    columns=(
        Column("emisor_ruc", "", RUC, required=True),
        Column("emisor", "", Text(1500), required=True),
        Column("emisor_direccion", "", Text(500)),
        Column("tipo", "type", Choice(_TYPES), required=True),
        Column("serie", "", _SERIES, required=True),
        Column("numero", "number", Whole(1, 99_999_999, sql_type="bigint"), required=True),
        BROKERAGE,
        Column("id_cuota", "installment_external_id", Text(64)),
        Column("liquidacion", "settlement_number", Text(64)),
        Column("poliza", "policy_number", Text(64)),
        Column("producto", "product", Text(120)),
        *person("cliente", "customer"),
        Column("cliente_direccion", "customer_address", Text(500)),
        Column("fecha_emision", "issued_on", Day(), required=True),
        CURRENCY,
        Column("op_gravada", "taxed", Money()),
        Column("op_exonerada", "exempt", Money()),
        Column("op_inafecta", "non_taxable", Money()),
        Column("igv", "vat", Money(), required=True),
        Column("importe", "total", Money(), required=True),
        Column("descripcion", "description", Text(500)),
        *coverage(required=False),
        Column("modifica_tipo", "modifies_type", Choice(_TYPES)),
        Column("modifica", "modifies", VoucherNumber()),
        Column("motivo", "reason", Text(2)),
        Column("estado", "status", Choice(tuple(VoucherStatus.values)), required=True),
        Column("hash", "hash", Text(100)),
        UPDATED_AT,
    ),
    rules=(
        BROKERAGE_KNOWN,
        COVERAGE_FORWARDS,
        sum_differs("op_gravada", "op_exonerada", "op_inafecta", "igv"),
    ),
    references=(
        Reference(
            "modifica",
            (
                f"""select from staged x where x.emisor_ruc = s.emisor_ruc
                    and x.tipo = s.modifica_tipo and {_NUMBER_OF_X} = {_MODIFIED}""",
                f"""select from vouchers_voucher v join portfolio_issuer e on e.id = v.issuer_id
                    where e.ruc = s.emisor_ruc and v.type = s.modifica_tipo
                    and v.full_number = {_MODIFIED}""",
            ),
            "el comprobante que modifica no está en el archivo ni en el portal",
        ),
    ),
    typed=(BROKERAGE_ID, Extra("issuer_id", "e.id"), Extra("series", "upper(s.serie)")),
    typed_joins=f"""{BROKERAGE_JOIN}
        left join portfolio_issuer e on e.ruc = s.emisor_ruc""",
    extras=(Extra("line", "coalesce(l.line, '')"),),
    joins="left join voucher_lines l on l.row = s.row",
    order=("s.brokerage_id", "s.issued_on"),
)
