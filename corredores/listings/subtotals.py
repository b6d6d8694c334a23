"""Groups of a report: subtotals between the rows of a PDF, and the summaries of a workbook."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corredores.media.pdf_table import Band
from corredores.media.workbook import SmallTable

from .caption import total_in_words
from .declaration import Column
from .search import CurrencyTotal, Row, Search
from .shape import Shape

Key = tuple[Any, ...]  # of one level: the value, what its text needs, what makes its group
Amounts = tuple[Decimal | int, ...]  # the count, then the sums in the order of the totals
Read = Callable[[Row], tuple[list[Key], str, Amounts]]


@dataclass(frozen=True)
class Group:
    """A group that opens or, with its amounts by currency, closes; its keys, outermost first."""

    keys: tuple[Key, ...]
    sums: dict[str, Amounts] | None = None


def _grouped(rows: Iterable[Row], read: Read) -> Iterator[Row | Group]:
    """The rows, between the opening and the closing of the groups they stand in.

    `read` says of a row its keys, its currency and its amounts. Currencies are never added.
    """
    open_: list[tuple[Key, dict[str, Amounts]]] = []

    def closed(depth: int) -> Iterator[Group]:
        while len(open_) > depth:
            yield Group(tuple(key for key, _ in open_), open_.pop()[1])

    for row in rows:
        keys, currency, amounts = read(row)
        pairs = zip(open_, keys, strict=False)
        depth = next((n for n, (old, key) in enumerate(pairs) if old[0] != key), len(open_))
        yield from closed(depth)
        for key in keys[depth:]:
            open_.append((key, {}))
            yield Group(tuple(key for key, _ in open_))
        for _, sums in open_:
            had = sums.get(currency)
            sums[currency] = tuple(map(sum, zip(had, amounts, strict=True))) if had else amounts
        yield row
    yield from closed(0)


def with_subtotals(search: Search, shape: Shape, rows: Iterable[Row]) -> Iterator[Row | Band]:
    """The rows, with a head before each group and its subtotals after it. `shape` has extras."""
    levels = [search.listing.column(name) for name in search.listing.subtotals]
    currency = shape.fields.index(search.listing.currency)
    summed = [shape.places[total.column][0] for total in search.summed]

    def read(row: Row) -> tuple[list[Key], str, Amounts]:
        keys = [tuple(row[place] for place in shape.places[level.name]) for level in levels]
        return keys, row[currency], (1, *(row[place] or 0 for place in summed))

    for found in _grouped(rows, read) if levels else rows:
        yield from _bands(search, levels, found) if isinstance(found, Group) else (found,)


def _bands(search: Search, levels: list[Column], group: Group) -> Iterator[Band]:
    """An inner group of one row needs no subtotal: the row is right above it."""
    depth = len(group.keys) - 1
    text = levels[depth].kind.text(*group.keys[depth]) or "—"
    if group.sums is None:
        yield Band(f"{levels[depth].title}: {text}", depth)
    elif not depth or sum(amounts[0] for amounts in group.sums.values()) > 1:
        for currency, (count, *sums) in sorted(group.sums.items()):
            said = total_in_words(search, CurrencyTotal(currency, int(count), tuple(sums)))
            yield Band(f"Subtotal {text}", depth, said)


def summaries(search: Search) -> list[SmallTable]:
    """Sheets beside the rows: subtotals per group and currency, and the matrix, if declared."""
    listing = search.listing
    groupings = [names for names in (listing.subtotals, *listing.summaries) if names]
    found = [_summary(search, names) for names in groupings]
    return [*found, _matrix(search)] if listing.matrix else found


def _summary(search: Search, names: tuple[str, ...]) -> SmallTable:
    levels = [search.listing.column(name) for name in names]
    parts = [(search.field(level), *level.extras) for level in levels]

    def read(row: Row) -> tuple[list[Key], str, Amounts]:
        values = iter(row)
        keys = [tuple(next(values) for _ in part) for part in parts]
        return keys, next(values), tuple(value or 0 for value in values)

    fields = [*(field for part in parts for field in part), search.listing.currency]
    rows = _leaves(search, names, fields)
    lines = [
        [*map(_cell, levels, group.keys), *["Total"] * (len(levels) - len(group.keys)), currency, *amounts]
        for group in _grouped(rows, read) if isinstance(group, Group)
        for currency, amounts in sorted((group.sums or {}).items())
    ]  # fmt: skip
    heads = [*(level.title for level in levels), "Moneda", search.listing.noun[1].capitalize()]
    title = "Resumen" if names == search.listing.subtotals else f"Por {levels[0].title.lower()}"
    return SmallTable(title, [*heads, *(total.label for total in search.summed)], lines)


def _leaves(search: Search, names: tuple[str, ...], fields: list[str]) -> Iterable[Row]:
    """The innermost groups in order: `fields`, count, sums. A grouped list's rows are enough."""
    if search.listing.group_by:
        sums = [search.field(search.listing.column(total.column)) for total in search.summed]
        rows = search.rows.values_list(*fields, *sums)
        return ((*row[: len(fields)], 1, *row[len(fields) :]) for row in rows)
    order = [field for name in names for field in search.group_order(name)]
    return search.summed_by(*fields).order_by(*order, *fields)


def _cell(level: Column, key: Key) -> Any:
    return key[0] if isinstance(key[0], dt.date) else level.kind.text(*key) or "—"


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
