"""The whole offer on one screen: every list, report and paper of the portal."""

from corredores.installments.listing import CUOTAS
from corredores.listings import Listing
from corredores.settlements.listing import LIQUIDACIONES
from corredores.vouchers.listing import COMPROBANTES

LISTINGS: tuple[Listing, ...] = (CUOTAS, LIQUIDACIONES, COMPROBANTES)

from corredores.accounts.business_line import BusinessLine

REPORTS: dict[str, tuple[Listing, ...]] = dict.fromkeys(BusinessLine, ())
