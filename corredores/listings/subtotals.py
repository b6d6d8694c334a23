"""Groups of a report: subtotals between the rows of a PDF, and the summary of a workbook."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count

from corredores.media.pdf_table import Band
from corredores.media.workbook import SmallTable

from .declaration import Column
from .kinds import money
from .search import Row, Search
from .shape import Shape

Sums = dict[str, list[Decimal]]  # per currency, in the order of the listing's totals


def with_subtotals(search: Search, shape: Shape, rows: Iterable[Row]) -> Iterator[Row | Band]:
    """The rows, with a head before and a subtotal after each group, outermost first.

    Sums are kept per currency and never added to one another. `shape` has the extras.
    """
    levels = [search.listing.column(name) for name in search.listing.subtotals]
    open_: list[str] = []
    sums: list[Sums] = []
    for row in rows:
        texts = shape.texts(row)
        keys = [texts[level.name] for level in levels]
        depth = _common(open_, keys)
        yield from _close(search, open_, sums, depth)
        for level in range(depth, len(keys)):
            open_.append(keys[level])
            sums.append(defaultdict(lambda: [Decimal(0)] * len(search.listing.totals)))
            yield Band(f"{levels[level].title}: {keys[level] or '—'}", level)
        _add(search, shape, row, sums)
        yield row
    yield from _close(search, open_, sums, 0)


def _common(open_: list[str], keys: list[str]) -> int:
    pairs = zip(open_, keys, strict=False)
    return next((n for n, (old, new) in enumerate(pairs) if old != new), len(open_))


def _close(search: Search, open_: list[str], sums: list[Sums], depth: int) -> Iterator[Band]:
    labels = [total.label for total in search.listing.totals]
    while len(open_) > depth:
        key, group = open_.pop(), sums.pop()
        for currency, amounts in sorted(group.items()):
            said = [
                f"{label} {money(amount, currency)}"
                for label, amount in zip(labels, amounts, strict=True)
            ]
            yield Band(f"Subtotal {key or '—'}", len(open_), "   ".join(said))


def _add(search: Search, shape: Shape, row: Row, sums: list[Sums]) -> None:
    for n, total in enumerate(search.listing.totals):
        value, currency = (row[place] for place in shape.places[total.column][:2])
        for group in sums:
            group[currency][n] += value or 0


def summaries(search: Search) -> list[SmallTable]:
    """Sheets beside the rows: subtotals per group and currency, and the matrix, if declared."""
    found = []
    if search.listing.subtotals:
        found.append(_subtotals(search))
    if search.listing.matrix:
        found.append(_matrix(search))
    return found


def _subtotals(search: Search) -> SmallTable:
    listing = search.listing
    levels = [listing.column(name) for name in listing.subtotals]
    sums = {f"sum_{n}": search.sum_of(total.column) for n, total in enumerate(listing.totals)}
    names = [search.source(level) for level in levels] + [listing.currency]
    groups = search.filtered.order_by().values(*names)
    groups = groups.annotate(rows_counted=Count(listing.count_field), **sums).order_by(*names)
    rows = [
        [*_labels(levels, row), *row[len(levels) :]]
        for row in groups.values_list(*names, "rows_counted", *sums)
    ]
    titles = [level.title for level in levels]
    return SmallTable(
        "Resumen", [*titles, "Moneda", "Filas", *(total.label for total in listing.totals)], rows
    )


def _matrix(search: Search) -> SmallTable:
    """Rows by one column, columns by another, the sums of a third; per currency."""
    assert search.listing.matrix is not None  # noqa: S101 - asked only where it is declared
    down, across, summed = map(search.listing.column, search.listing.matrix)
    names = [search.source(down), search.source(across), search.listing.currency]
    groups = search.filtered.order_by().values(*names)
    groups = groups.annotate(summed=search.sum_of(summed.name)).order_by(*names)
    cells: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row_key, column_key, currency, amount in groups.values_list(*names, "summed"):
        cells[(down.kind.text(row_key), currency)][across.kind.text(column_key)] = amount
    heads = sorted({head for line in cells.values() for head in line})
    rows = [[*key, *(line.get(head) for head in heads)] for key, line in cells.items()]
    return SmallTable(f"{down.title} × {across.title}", [down.title, "Moneda", *heads], rows)


def _labels(levels: list[Column], row: Row) -> list[str]:
    return [level.kind.text(value) or "—" for level, value in zip(levels, row, strict=False)]
