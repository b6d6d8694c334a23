"""Names that break careless programs: a handful per portfolio, at the biggest brokerages.

From domain.md §12 (1-4): formulas, HTML, separators, quotes, decomposed accents, length.
"""

import unicodedata

_LONG_WORDS = "CONSORCIO DE EXPORTADORES DE CAÑIHUA, QUINUA & KIWICHA DE LAS VERTIENTES ALTAS "

COMPANIES = (
    "MUÑOZ & PEÑA ASOCIADOS S.A.C.",
    '=HYPERLINK("http://x")&MUÑOZ <b>',
    (_LONG_WORDS * 2)[:113] + " S.A.C.",
    "@SUM(A1:A9) COMERCIAL ÑANDÚ",
    "-2+3 INVERSIONES GÜERE",
    "+51 CENTRAL DE COMPRAS",
    "ACOPIO; MOLIENDA, SECADO Y CÍA.",
    'BODEGA "EL O´HIGGINS" & HNOS.',
    "COMERCIAL  DOS  ESPACIOS  S.R.L.",
    "importaciones minúscula s.a.c.",
    "<script>alert('Ñ')</script> E.I.R.L.",
    unicodedata.normalize("NFD", "PEÑÓN DESCOMPUESTO S.A."),
    "D'ÁNGELO, O´HIGGINS & GÜERE S. CIVIL DE R.L.",
)
_AT_THE_SECOND = 4


def odd_company(brokerage: int, sequence: int) -> str | None:
    """The name of an odd client: all of them at the first brokerage, a few at the second."""
    known = {1: COMPANIES, 2: COMPANIES[:_AT_THE_SECOND]}.get(brokerage, ())
    return known[sequence - 1] if 1 <= sequence <= len(known) else None
