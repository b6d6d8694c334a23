"""Liquidaciones de prima: the premium settlements of Life, their list and their paper.

No cuota and no voucher lives here, only what the settlement's own row says of them.
Vouchers, reports, loading and the doors may enter.
"""
