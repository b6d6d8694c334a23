"""What a list is: frozen data, checked when the server starts."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Aggregate, Expression, QuerySet

from .filters import ListingFilters
from .kinds import Kind

Rows = QuerySet[Any, Any]


class Reader(Protocol):
    """Who asks. The engine asks only what the person may do, never who it is."""

    @property
    def lines(self) -> frozenset[str]: ...

    def __hash__(self) -> int: ...

    def may(self, right: str) -> bool: ...


@dataclass(frozen=True, eq=False)
class Column:
    """One column. `name` is its word at the border: JSON key, value of `orden`.

    source: field of the row, or annotation of the listing's query.
    under: the column below whose value this one stands, on a page and in a PDF.
    page: False where another column already says it (a currency beside an amount).
    when: (parameter, values): the column belongs to the list only for these values.
    right: without it `otherwise` is shown, or, where there is none, no column at all.
    combine: how a grouped list makes one value of many (Sum, Max, …).
    group: the field that tells apart two groups of rows whose text in this column is the same.
    """

    name: str
    title: str
    source: str
    kind: Kind
    under: str = ""
    page: bool = True
    sort: str | None = None
    when: tuple[str, tuple[str, ...]] | None = None
    right: str = ""
    otherwise: Expression | None = None
    combine: Callable[[str], Aggregate | Expression] | None = None
    group: str = ""

    @property
    def extras(self) -> tuple[str, ...]:
        """Fields beside the value: what its text needs, then what makes its group."""
        return (*self.kind.extras, self.group) if self.group else self.kind.extras

    @property
    def field(self) -> str:
        """The name under which the query has the value."""
        return f"{self.name}_combined" if self.combine else self.source


@dataclass(frozen=True)
class Total:
    """A sum per currency: the `column` that is summed and the word for it."""

    column: str
    label: str


@dataclass(frozen=True, eq=False)
class Listing:
    """A list of the portal, declared once; page, files, API, chips and docs read this.

    rows: the query that starts from the viewer (`visible_to`), as of a day.
    permission: who may read it at all; there is no default.
    group_by: the fields whose rows become one; the columns' `combine` says how.
    subtotals: names of the columns at whose change a subtotal stands, outermost first.
    summaries: further such groupings, each a sheet of its own in a workbook.
    matrix: the first total by two dimensions: columns that make a line, then the one whose values
        are the columns, then the one whose texts are remarks at the end of a line.
    notes: (label, text) pairs that every file of the list says of itself.
    """

    slug: str
    title: str
    noun: tuple[str, str]
    rows: Callable[[Any, dt.date], Rows]
    filters: type[ListingFilters]
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    permission: Callable[[Any], bool]
    totals: tuple[Total, ...] = ()
    currency: str = "currency"
    group_by: tuple[str, ...] = ()
    subtotals: tuple[str, ...] = ()
    summaries: tuple[tuple[str, ...], ...] = ()
    matrix: tuple[str, ...] = ()
    key: tuple[str, ...] = ("pk",)
    purpose: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return next(column for column in self.columns if column.name == name)

    def columns_for(self, reader: Reader, chosen: Mapping[str, Any]) -> tuple[Column, ...]:
        """The columns that belong to a search with the `chosen` parameters by `reader`."""
        return tuple(
            column
            for column in self.columns
            if _applies(column, {**chosen, **self.fixed}) and _allowed(column, reader)
        )


def _applies(column: Column, chosen: Mapping[str, Any]) -> bool:
    if column.when is None:
        return True
    parameter, values = column.when
    return str(chosen.get(parameter) or "") in values


def _allowed(column: Column, reader: Reader) -> bool:
    return not column.right or column.otherwise is not None or reader.may(column.right)


def masks(columns: tuple[Column, ...], reader: Reader) -> dict[str, Expression]:
    """Annotations that stand in for the values `reader` may not see, by annotation name."""
    return {
        masked_name(column): column.otherwise
        for column in columns
        if column.otherwise is not None and not reader.may(column.right)
    }


def masked_name(column: Column) -> str:
    return f"{column.name}_masked"
