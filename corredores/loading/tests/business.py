"""What the business tables say, without our own row numbers: to compare two ways to get there."""

import json
from typing import Any

from django.db import connection

_NUMBERS = (
    "array['id', 'policyholder_id', 'installment_id', 'voucher_id', 'voucher_issuer_id', "
    "'issuer_id']"
)
_VOUCHER = "(select full_number from vouchers_voucher where id = t.voucher_id)"
_TABLES = {
    "accounts_brokerage": "",
    "installments_installment": _VOUCHER,
    "settlements_settlement": _VOUCHER,
    "vouchers_voucher": "",
    "installments_installmentchange":
        "(select external_id from installments_installment where id = t.installment_id)",
    "portfolio_policyholder": "",
    "portfolio_issuer": "",
}  # fmt: skip


def business() -> dict[str, list[Any]]:
    """Every row of every table, sorted; what a number leads to instead of the number."""
    rows = {}
    with connection.cursor() as cursor:
        for table, leads_to in _TABLES.items():
            cursor.execute(
                f"select (to_jsonb(t) - {_NUMBERS})::text, {leads_to or 'null'}::text "
                f"from {table} t order by 1, 2"
            )
            rows[table] = [(json.loads(row), name) for row, name in cursor.fetchall()]
    return rows
