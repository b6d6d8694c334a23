"""Groups of a report: subtotals between the rows of a PDF, and the summaries of a workbook."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from corredores.database.statement import Row
from corredores.media.grouping import Entry, Group, Key, Line, closings, crossed, grouped
from corredores.media.pdf_table import Band
from corredores.media.workbook import SheetColumn, SmallTable

from .caption import total_in_words
from .declaration import Column
from .search import CHUNK, CurrencyTotal, Search
from .shape import Shape

CURRENCY = SheetColumn("Moneda", "@", 10)


def with_subtotals(search: Search, shape: Shape, rows: Iterable[Row]) -> Iterator[Row | Band]:
    """The rows, with a head before each group and its subtotals after it. `shape` has extras.

    Groups that open together share one head.
    """
    levels = [search.listing.column(name) for name in search.listing.subtotals]
    currency = shape.fields.index(search.listing.currency) if levels else 0
    summed = [shape.places[total.column][0] for total in search.summed]

    def entry(row: Row) -> Entry:
        keys = [tuple(row[place] for place in shape.places[level.name]) for level in levels]
        return Entry(keys, row[currency], (1, *(row[place] or 0 for place in summed)), row)

    for found in grouped(map(entry, rows), len(levels)):
        yield from (found.row,) if isinstance(found, Entry) else _bands(search, levels, found)


def _bands(search: Search, levels: list[Column], group: Group) -> Iterator[Band]:
    """An inner group of one row needs no subtotal: the row is right above it."""
    depth, texts = len(group.keys) - 1, list(map(_text, levels, group.keys))
    if group.sums is None:
        heads = [f"{level.title}: {text}" for level, text in zip(levels, texts, strict=True)]
        yield Band(" · ".join(heads[-group.fresh :]), len(levels) - group.fresh)
    elif not depth or sum(amounts[0] for amounts in group.sums.values()) > 1:
        for currency, (count, *sums) in sorted(group.sums.items()):
            said = total_in_words(search, CurrencyTotal(currency, count, tuple(sums)))
            yield Band(f"Subtotal {texts[depth]}", depth, said)


def summaries(search: Search) -> list[SmallTable]:
    """Sheets beside the rows: subtotals per group and currency, and the matrix, if declared."""
    listing = search.listing
    found = [_summary(search, names) for names in (listing.subtotals, *listing.summaries) if names]
    return [*found, matrix(search)] if listing.matrix else found


def _summary(search: Search, names: tuple[str, ...]) -> SmallTable:
    """A line per group of every level and currency; `Total` where it is over the inner ones."""
    levels = [search.listing.column(name) for name in names]
    lines = (
        [*map(_cell, levels, keys), *["Total"] * (len(levels) - len(keys)), currency, *amounts]
        for keys, sums in closings(_groups(search, names), len(levels))
        for currency, amounts in sorted(sums.items())
    )
    counted = SheetColumn(search.listing.noun[1].capitalize(), "0", 14)
    sums = [sheet_column(search.listing.column(it.column), it.label) for it in search.summed]
    title = "Resumen" if names == search.listing.subtotals else f"Por {levels[0].title.lower()}"
    return SmallTable(title, [*map(sheet_column, levels), CURRENCY, counted, *sums], lines)


def sheet_column(column: Column, title: str = "") -> SheetColumn:
    """The column as a sheet has it, under its own title or another one."""
    title, kind = title or column.title, column.kind
    return SheetColumn(title, kind.number_format, max(kind.width, len(title) + 3))


def _groups(search: Search, names: tuple[str, ...], own: int = 0) -> Iterator[Entry]:
    """The innermost groups in order, with count and sums; the texts of the last `own` columns
    are an entry's row."""
    columns = [search.listing.column(name) for name in names]
    parts = [(search.field(column), *column.extras) for column in columns]
    fields = [*(field for part in parts for field in part), search.listing.currency]
    for row in _leaves(search, names, fields):
        values = iter(row)
        keys = [tuple(islice(values, len(part))) for part in parts]
        texts = [it.kind.text(*key) for it, key in zip(columns, keys, strict=True)]
        depth, amounts = len(names) - own, tuple(it or 0 for it in row[len(fields) :])
        yield Entry(keys[:depth], next(values), amounts, texts[depth:])


def _leaves(search: Search, names: tuple[str, ...], fields: list[str]) -> Iterator[Row]:
    """Rows of `fields`, count, sums. A grouped list's own rows are enough."""
    if search.listing.group_by:
        sums = [search.field(search.listing.column(total.column)) for total in search.summed]
        rows = search.rows.values_list(*fields, *sums).iterator(CHUNK)
        return ((*row[: len(fields)], 1, *row[len(fields) :]) for row in rows)
    order = [field for name in names for field in search.group_order(name)]
    return search.summed_by(*fields).order_by(*order, *fields).iterator(CHUNK)


def _text(level: Column, key: Key) -> str:
    return level.kind.text(*key) or "—"


def _cell(level: Column, key: Key) -> Any:
    return key[0] if isinstance(key[0], dt.date) else _text(level, key)


def matrix(search: Search) -> SmallTable:
    """The first total of the listing, crossed as its `matrix` says; totals of lines and columns.

    Only its columns are asked for at once; its lines when they are read.
    """
    *down, across, remark = map(search.listing.column, search.listing.matrix)
    field, total = search.field(across), search.listing.column(search.summed[0].column)
    found = search.filtered.order_by(field).values_list(field, flat=True).distinct()
    columns = [*map(across.kind.text, found)]
    amounts = [sheet_column(total, title) for title in (*columns, "Total")]
    return SmallTable(
        f"{down[0].title} × {across.title}",
        [*map(sheet_column, down), CURRENCY, *amounts, replace(sheet_column(remark), width=40)],
        (_line(down, columns, it) for it in crossed(_groups(search, search.listing.matrix, 2))),
        opens=True,
    )


def _line(down: list[Column], columns: list[str], line: Line) -> list[Any]:
    head = [*map(_cell, down, line.keys)] or ["Total", *[""] * (len(down) - 1)]
    return [*head, line.currency, *line.amounts(columns), "; ".join(line.remarks)]
