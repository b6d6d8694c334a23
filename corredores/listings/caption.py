"""What stands above the rows of a file, and the file's name."""

import datetime as dt

from corredores.media import names

from .kinds import Date, money
from .search import Caption, CurrencyTotal, Search


def lines(search: Search, caption: Caption) -> list[tuple[str, str]]:
    """(label, text) pairs: brokerage, who, when, data date, as-of day, filters, rows, totals."""
    pairs = [
        ("Corredora", caption.brokerage),
        ("Generado por", f"{caption.person}, {caption.made_at:%d/%m/%Y %H:%M}"),
        ("Datos al", f"{caption.data_as_of:%d/%m/%Y %H:%M}" if caption.data_as_of else "sin datos"),
        ("Fecha de corte", Date().text(search.as_of)),
        ("Filtros", in_words(search)),
        ("Filas", f"{search.count:,}"),
        *search.listing.notes,
    ]
    return pairs + [
        (f"Total {total.currency}", total_in_words(search, total)) for total in search.totals
    ]


def in_words(search: Search) -> str:
    said = [f"{criterion.label}: {criterion.text}" for criterion in search.criteria]
    return "; ".join(said) or "ninguno"


def total_in_words(search: Search, total: CurrencyTotal) -> str:
    """`120 cuotas · Importe S/ 1,000.00 · Saldo S/ 0.00`"""
    one, many = search.listing.noun
    amounts = [
        f"{declared.label} {money(amount, total.currency)}"
        for declared, amount in zip(search.summed, total.sums, strict=True)
    ]
    return " · ".join([f"{total.count:,} {one if total.count == 1 else many}", *amounts])


def file_name(search: Search, ending: str) -> str:
    """`cuotas_vida_vencida_2026-09-24_2026-11-24.xlsx`: list, filters, dates; ASCII only."""
    parts = [search.listing.slug, *search.listing.fixed.values()]
    # stable: the filters in the order of the windows, then the dates in theirs
    chosen = sorted(search.form.cleaned_data.values(), key=lambda it: isinstance(it, dt.date))
    for value in chosen:
        parts += map(str, value if isinstance(value, list) else [value or ""])
    return names.file_name(parts, ending)
