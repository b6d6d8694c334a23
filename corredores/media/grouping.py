"""Rows between the openings and the closings of the groups they stand in, with their sums."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Key = tuple[Any, ...]  # of one level: the value, what its text needs, what makes its group
Sums = dict[str, tuple[Any, ...]]  # by currency: never added to one another


@dataclass(frozen=True)
class Entry:
    """A row: its keys, outermost first, its currency, and its count followed by its amounts."""

    keys: list[Key]
    currency: str
    amounts: tuple[Any, ...]
    row: Any = None


@dataclass(frozen=True)
class Group:
    """A group that opens or, with its sums, closes; its keys, outermost first.

    Groups that open together open as one, the innermost: `fresh` says how many they are.
    """

    keys: tuple[Key, ...]
    fresh: int = 0
    sums: Sums | None = None


def grouped(
    entries: Iterable[Entry], depth: int, above: tuple[Key, ...] = (), fresh: int = 0
) -> Iterator[Entry | Group]:
    """The entries, each between the opening and the closing of the `depth` groups around it.

    The entries come in the order of their keys; none of them is kept.
    """
    if depth == len(above):
        yield from [Group(above, fresh)] if fresh else []
        yield from entries
        return
    for key, inside in groupby(entries, key=lambda entry: entry.keys[len(above)]):
        keys: tuple[Key, ...] = (*above, key)
        sums: Sums = {}
        for found in grouped(inside, depth, keys, fresh + 1):
            if isinstance(found, Entry):
                had = sums.get(found.currency, (0,) * len(found.amounts))
                sums[found.currency] = tuple(map(sum, zip(had, found.amounts, strict=True)))
            yield found
        yield Group(keys, sums=sums)
        fresh = 0  # the groups around have opened with the first one


def closings(entries: Iterable[Entry], depth: int) -> Iterator[tuple[tuple[Key, ...], Sums]]:
    """Only the groups that close: keys and sums, inner ones before the one around them."""
    for found in grouped(entries, depth):
        if isinstance(found, Group) and found.sums is not None:
            yield found.keys, found.sums


@dataclass(frozen=True)
class Line:
    """A line of a matrix: its keys (none: the total of its currency), values by column, remarks."""

    keys: tuple[Key, ...]
    currency: str
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def amounts(self, columns: Iterable[str]) -> list[Any]:
        """One for each of the columns, None where there is nothing, and their sum."""
        return [*map(self.values.get, columns), sum(self.values.values())]


def crossed(entries: Iterable[Entry]) -> Iterator[Line]:
    """Entries whose `row` is (column, remark) as lines, in the order in which they come; those
    of the totals last. What is summed is the first amount."""
    lines: dict[tuple[tuple[Key, ...], str], Line] = {}
    totals: dict[str, Line] = {}
    for entry in entries:
        keys, (column, remark) = tuple(entry.keys), entry.row
        line = lines.setdefault((keys, entry.currency), Line(keys, entry.currency))
        total = totals.setdefault(entry.currency, Line((), entry.currency))
        for it in (line, total):
            it.values[column] = it.values.get(column, 0) + entry.amounts[1]
        line.remarks.extend([f"{column}: {remark}"] if remark else [])
    yield from lines.values()
    yield from (totals[currency] for currency in sorted(totals))
