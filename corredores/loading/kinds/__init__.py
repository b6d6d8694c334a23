"""The kinds of file the core delivers (formats.md §1), in the order in which a call loads them.

Vouchers go before what names them: a cuota then finds its voucher while it is inserted, which
costs nothing, instead of being updated afterwards, which costs every index.
"""

from .brokerages import BROKERAGES
from .installments import INSTALLMENTS
from .settlements import SETTLEMENTS
from .vouchers import VOUCHERS

KINDS = (BROKERAGES, VOUCHERS, SETTLEMENTS, INSTALLMENTS)

__all__ = ["BROKERAGES", "INSTALLMENTS", "KINDS", "SETTLEMENTS", "VOUCHERS"]
