"""Cuotas: the premium installments of policies, their states, the dates of the law, the list.

No settlement and no voucher lives here, only what the cuota's own row says of them.
Settlements, vouchers, reports, loading and the doors may enter.
"""
