"""The whole offer on one screen: every list, report and paper of the portal."""

from corredores.installments.listing import CUOTAS
from corredores.listings import Listing
from corredores.reports.catalogue import REPORTS
from corredores.settlements.listing import LIQUIDACIONES
from corredores.vouchers.listing import COMPROBANTES

__all__ = ["LISTINGS", "REPORTS"]

LISTINGS: tuple[Listing, ...] = (CUOTAS, LIQUIDACIONES, COMPROBANTES)
