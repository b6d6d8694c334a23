"""One search: the rows, their totals and words, for one reader, as every medium reads them."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from types import SimpleNamespace
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from django.db.models import Count, F, Func, GeneratedField, OrderBy, QuerySet, Sum
from django.http import QueryDict

from corredores.database.statement import Row, Statement

from .declaration import Column, Listing, Reader, Total, masked_name, masks
from .filters import ORDER, PAGE, Criterion

T = TypeVar("T")
CHUNK = 2_000  # rows fetched at once from the database's cursor
KEPT_SEARCHES, KEPT_PAGES = 128, 5  # people ask the same again, and leaf through its first pages


@dataclass(frozen=True)
class Problem:
    """A parameter that cannot be used, in the user's words."""

    name: str
    label: str
    message: str


@dataclass(frozen=True)
class CurrencyTotal:
    """Rows and sums of one currency; `sums` in the order of the listing's totals."""

    currency: str
    count: int
    sums: tuple[Decimal, ...]


@dataclass(frozen=True)
class Caption:
    """What a file says about itself besides its search: whose, who asked, when, how fresh."""

    brokerage: str
    person: str
    made_at: dt.datetime
    data_as_of: dt.datetime | None


class Search:
    """`params` applied to `listing` for `reader`. Read `problems` before anything else.

    What follows from the parameters alone (form, words, columns, statements) is `kept`, and
    shared by all requests that ask the same; what was found belongs to one request.
    """

    def __init__(self, listing: Listing, reader: Reader, params: QueryDict, today: dt.date) -> None:
        self.listing, self.reader, self.params, self.today = listing, reader, params, today
        self._filters = listing.filters(params, _UNREAD, reader, today)
        self._kept: dict[Hashable, Any] = {}
        self.form = self._filters.form
        self.problems = [*self._find_problems(), *self._wrong_page()]

    def on_page_of(self, params: QueryDict) -> Self:
        """This search with parameters that are others in the page alone: what was put together
        for one serves both."""
        search = type(self).__new__(type(self))
        search.__dict__.update(vars(self))
        search.params = params
        search.problems = [*self.problems, *search._wrong_page()]
        return search

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, made once for all who ask the same. It must not hold data."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
        return found

    @property
    def as_of(self) -> dt.date:
        return self._filters.as_of

    @property
    def criteria(self) -> list[Criterion]:
        return self.kept("criteria", self._filters.criteria)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of this search, with the values this reader may see."""
        chosen = self.form.cleaned_data
        return self.kept("columns", lambda: self.listing.columns_for(self.reader, chosen))

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """The rows that match, not yet grouped or ordered."""
        if self.problems:
            raise ValueError("a search with problems has no rows")
        every = _rows_of(self.listing, self.reader, self.as_of)
        matching: QuerySet[Any] = self._filters.filter_queryset(every.all())
        masked: QuerySet[Any] = matching.annotate(**masks(self.columns, self.reader))
        return masked

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows in total order: it ends in the key, so that pages never skip one."""
        rows = self.filtered
        if self.listing.group_by:
            shown = masks(self.columns, self.reader)
            combined = {
                it.field: it.combine(it.source) for it in self.listing.columns if it.combine
            }
            rows = rows.values(*self.listing.group_by, *shown).annotate(**combined)
        return rows.order_by(*self._ordering(rows))

    @cached_property
    def totals(self) -> list[CurrencyTotal]:
        """Count and sums per currency, of all rows. One query."""
        by = self.listing.currency
        ask = self.kept("totals", lambda: Statement(self.summed_by(by).order_by(by)))
        return [CurrencyTotal(row[0], row[1], row[2:]) for row in ask.remembered()]

    @property
    def summed(self) -> tuple[Total, ...]:
        """The totals of this search: none of a column that this reader may not see."""
        shown = {column.name for column in self.columns}
        return tuple(total for total in self.listing.totals if total.column in shown)

    def summed_by(self, *fields: str) -> QuerySet[Any]:
        """Tuples of `fields`, then the count and the sums of the rows that share them."""
        sums = {f"sum_{n}": self.sum_of(total.column) for n, total in enumerate(self.summed)}
        key = [name for name in self.listing.key if name != self.listing.currency]
        counted = Count(
            Func(*key, template="(%(expressions)s)"), distinct=bool(self.listing.group_by)
        )
        groups: QuerySet[Any] = self.filtered.order_by().values(*fields)
        groups = groups.annotate(rows_counted=counted, **sums)
        return groups.values_list(*fields, "rows_counted", *sums)

    @property
    def count(self) -> int:
        return sum(total.count for total in self.totals)

    @property
    def order(self) -> str:
        """The chosen order: a column's name, with `-` when descending; else the list's own."""
        return self.params.get(ORDER) or ""

    def field(self, column: Column) -> str:
        """Where the query has the column's value for this reader."""
        masked = column.otherwise is not None and not self.reader.may(column.right)
        return masked_name(column) if masked else column.field

    def page(self, number: int, size: int, fields: list[str]) -> list[Row]:
        """One page of rows as tuples of `fields`, as PostgreSQL writes them: a kind reads them.

        OFFSET walks the covering index for the keys only; then the page's rows are read whole.
        The first page of a search by its dates alone, in whose order an index is, needs no detour.
        """
        make = partial(self._page_of, slice((number - 1) * size, number * size), fields)
        ask = make() if number > KEPT_PAGES else self.kept((number, size, *fields), make)
        return ask.texts()

    def iterate(self, fields: list[str]) -> Iterator[Row]:
        """All rows as tuples of `fields`, through a cursor on the server: memory stays flat."""
        return self.rows.values_list(*fields).iterator(chunk_size=CHUNK)

    def query(self, **changes: str | None) -> str:
        """The query string of this search with `changes`; None takes a parameter away."""
        if not changes:
            return self.kept("query", lambda: query_of(self.params))
        return query_of(self.params, **changes)

    def without(self, criterion: Criterion) -> str:
        """The query string without one criterion: a default date becomes open, not default."""
        defaults = self._filters.defaults
        return self.query(**{name: "" if name in defaults else None for name in criterion.names})

    def _page_of(self, place: slice, fields: list[str]) -> Statement:
        if self.listing.group_by or (place.start == 0 and self._by_date_alone):
            return Statement(self.rows.values_list(*fields)[place])
        rows = _rows_of(self.listing, self.reader, self.as_of)
        rows = rows.filter(pk__in=self.rows.values("pk")[place])
        rows = rows.annotate(**masks(self.columns, self.reader))
        return Statement(rows.order_by(*self._ordering(rows)).values_list(*fields))

    @property
    def _by_date_alone(self) -> bool:
        names = {name for criterion in self.criteria for name in criterion.names}
        return not self.order and names <= set(self._filters.defaults)

    def sum_of(self, name: str) -> Any:
        column = self.listing.column(name)
        return (column.combine or partial(Sum, default=Decimal(0)))(column.source)

    def group_order(self, name: str) -> list[str]:
        """What brings the rows of one group together: its sort field, then what makes it."""
        column = self.listing.column(name)
        return list(filter(None, (self._sort_field(name), column.group)))

    def _ordering(self, rows: QuerySet[Any]) -> list[OrderBy]:
        chosen = (self.order,) if self.order else self.listing.order
        names = [self._sort_field(name) for name in chosen]
        fixed = [field for name in self.listing.subtotals for field in self.group_order(name)]
        descending = (names or ["-"])[0].startswith("-")
        ties = [f"-{key}" if descending else key for key in self.listing.key]
        return [_order_by(rows, name) for name in [*fixed, *names, *ties]]

    def _sort_field(self, name: str) -> str:
        sign, bare = ("-", name[1:]) if name.startswith("-") else ("", name)
        column = self.listing.column(bare)
        return sign + (column.sort or column.field)

    def _find_problems(self) -> list[Problem]:
        found = [Problem(name, name, message) for name, message in self._filters.misuses()]
        if not self._filters.is_valid():
            for name, messages in self.form.errors.items():
                label = str(self.form.fields[name].label) if name in self.form.fields else ""
                found += [Problem(name, label, str(message)) for message in messages]
        sortable = {column.name for column in self.columns if column.sort != ""}
        if self.order and self.order.removeprefix("-") not in sortable:
            found.append(Problem(ORDER, "Orden", "No se puede ordenar por esa columna."))
        return found

    def _wrong_page(self) -> list[Problem]:
        fine = 0 < self.page_number < 10**6
        return [] if fine else [Problem(PAGE, "Página", "La página debe ser un número desde 1.")]

    @property
    def page_number(self) -> int:
        text = self.params.get(PAGE, "1")
        return int(text) if text.isdecimal() and len(text) < 10 else 0


def query_of(params: QueryDict, **changes: str | None) -> str:
    """The query string without the page; of `changes`, None takes a parameter away."""
    changed = {name: values for name, values in params.lists() if name not in (PAGE, *changes)}
    given = {name: [value] for name, value in changes.items() if value is not None}
    return urlencode(changed | given, doseq=True)


@lru_cache(KEPT_SEARCHES)
def _rows_of(listing: Any, reader: Any, as_of: dt.date) -> Any:
    """Put together once; it is only ever copied, and so never holds rows."""
    return listing.rows(reader, as_of)


# django-filter wants a queryset at once; ours is known only after the parameters are read.
_UNREAD: Any = SimpleNamespace(model=None)


def _order_by(rows: QuerySet[Any], name: str) -> OrderBy:
    expression = F(name.removeprefix("-"))
    if not name.startswith("-"):
        return expression.asc()  # NULLs come last by themselves
    return expression.desc() if _never_null(rows, name[1:]) else expression.desc(nulls_last=True)


def _never_null(rows: QuerySet[Any], name: str) -> bool:
    """Only then an index may be read backwards for a descending order."""
    field = {field.name: field for field in rows.model._meta.get_fields()}.get(name)
    never = isinstance(field, GeneratedField) or not getattr(field, "null", True)
    return name == "pk" or never
