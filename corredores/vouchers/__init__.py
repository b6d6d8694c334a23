"""Comprobantes de pago: vouchers, their list and their printed representation.

No cuota and no settlement lives here; issuing to SUNAT is nobody's work in this house.
Reports, loading and the doors may enter.
"""
