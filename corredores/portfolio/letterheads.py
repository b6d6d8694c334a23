"""An issuer as the sender of a paper."""

from corredores.papers.letterhead import Letterhead

from .models import Issuer


def letterhead(issuer: Issuer) -> Letterhead:
    """Name, RUC, address, contact and logo, as the templates expect them."""
    return Letterhead(
        name=issuer.name,
        ruc=issuer.ruc,
        address=issuer.address,
        contact=" · ".join(filter(None, (issuer.phone, issuer.website))),
        logo=issuer.logo.encode(),
    )
