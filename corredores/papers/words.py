"""Amounts in words, as SUNAT's legend 1000 (catalogue 52) carries them."""

from decimal import Decimal

from num2words import num2words

from corredores.papers.figures import to_cents

CURRENCIES = {"PEN": "SOLES", "USD": "DÓLARES AMERICANOS"}


def amount_in_words(amount: Decimal, currency: str) -> str:
    """Return `SON: MIL DOSCIENTOS QUINCE CON 40/100 SOLES`.

    The currency is always plural and stands after the cents, hence UN CON 00/100 SOLES and
    UN MILLÓN CON 00/100 SOLES (no DE): the form that Peruvian invoices use. Negative amounts
    begin with MENOS: an exclusion's settlement is one. Raises ValueError for other currencies.
    """
    if currency not in CURRENCIES:
        raise ValueError(f"no words for the currency {currency!r}")
    whole, cents = divmod(abs(int(to_cents(amount) * 100)), 100)
    sign = "MENOS " if to_cents(amount) < 0 else ""
    return f"SON: {sign}{_cardinal(whole)} CON {cents:02}/100 {CURRENCIES[currency]}"


def _cardinal(number: int) -> str:
    """The number before a masculine noun: num2words says `veintiuno mil`, `treinta y uno`."""
    words: str = num2words(number, lang="es")
    return words.replace("veintiuno", "veintiún").replace("uno", "un").upper()
