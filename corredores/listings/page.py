"""A search as a page of HTML: heads that sort, finished rows, pages, totals in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from corredores.database.statement import Row
from corredores.media.page_rows import Cell, PageRows

from .declaration import Column
from .kinds import Choice, money
from .search import CurrencyTotal, Problem, Search
from .shape import Shape, stacks

_REMEMBERED = 512  # values of one column


@dataclass(frozen=True)
class Head:
    """One head of the table, with what stands under it, and the query that sorts by it."""

    name: str
    title: str
    under: tuple[str, ...]
    style: str
    sort_query: str | None
    direction: str | None


@dataclass(frozen=True)
class State:
    """A state and what it means."""

    name: str
    label: str
    meaning: str


@dataclass(frozen=True)
class TotalLine:
    """One currency's line under the table: (label, formatted amount) pairs."""

    currency: str
    count: int
    amounts: tuple[tuple[str, str], ...]


class Page:
    """One page of a search. Reading `body` runs the search's one query for rows."""

    def __init__(self, search: Search, size: int) -> None:
        self.search, self.size = search, size
        self.count = search.count
        self.pages = max(1, -(-self.count // size))
        self.number = min(search.page_number, self.pages)

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """All that is drawn around its rows."""
        return (self.number, self.size, *self.search.totals, *self.states)

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.count else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.count)

    @cached_property
    def previous(self) -> str | None:
        return self._to(self.number - 1)

    @cached_property
    def next(self) -> str | None:
        return self._to(self.number + 1)

    def _to(self, number: int) -> str | None:
        return self.search.query(pagina=str(number)) if 1 <= number <= self.pages else None

    @property
    def heads(self) -> tuple[Head, ...]:
        return tuple(map(self._head, stacks(self.search.columns)))

    def _head(self, stack: list[Column]) -> Head:
        column, own = stack[0], self.search.listing.order[:1]
        order = self.search.order or "".join(own)
        direction = {column.name: "asc", f"-{column.name}": "desc"}.get(order)
        turned = f"-{column.name}" if direction == "asc" else column.name
        return Head(
            name=column.name,
            title=column.title,
            under=tuple(below.title for below in stack[1:]),
            style=_style(column),
            sort_query=None if column.sort == "" else self.search.query(orden=turned),
            direction=direction,
        )

    @cached_property
    def totals(self) -> tuple[TotalLine, ...]:
        labels = [total.label for total in self.search.summed]

        def line(total: CurrencyTotal) -> TotalLine:
            amounts = [money(amount, total.currency) for amount in total.sums]
            return TotalLine(total.currency, total.count, tuple(zip(labels, amounts, strict=True)))

        return tuple(line(total) for total in self.search.totals)

    @cached_property
    def rows(self) -> list[Row]:
        """The page's rows, with the fields that their columns need, as text. One query."""
        fields = self._drawing[0].fields
        return self.search.page(self.number, self.size, fields) if self.count else []

    @cached_property
    def body(self) -> bytes:
        """The table's rows in HTML. Every value passed through its kind's `html`, which escapes."""
        return self._drawing[1](self.rows)

    @property
    def _drawing(self) -> tuple[Shape, PageRows]:
        return self.search.kept("body", self._draw)

    def _draw(self) -> tuple[Shape, PageRows]:
        shown = tuple(column for column in self.search.columns if column.page)
        shape = Shape(self.search, shown, extras=True)

        def cell(head: Column, *below: Column) -> Cell:
            said = [(head, "html"), *((column, "small") for column in below)]
            values = [(_told(column, how), shape.places[column.name]) for column, how in said]
            return Cell(_style(head), head.title, values)

        return shape, PageRows([cell(*stack) for stack in stacks(shown)])

    @property
    def states(self) -> tuple[State, ...]:
        """The states that `body` shows, for the texts that open beside them."""
        shape = self._drawing[0]
        return tuple(
            State(code.lower(), kind.labels[code], meaning)
            for column in shape.columns
            if isinstance(kind := column.kind, Choice) and kind.meanings
            for shown in [{row[shape.places[column.name][0]] for row in self.rows}]
            for code, meaning in kind.meanings.items()
            if code in shown
        )


@cache
def _told(column: Column, how: str) -> Callable[..., str]:
    """A kind's method that remembers: most values of a page stand on many pages. Texts are
    found again faster than days and amounts; only those that are new are read."""
    read, say = column.kind.read, getattr(column.kind, how)
    return lru_cache(_REMEMBERED)(lambda text, *extras: say(read(text), *extras))


def _style(column: Column) -> str:
    """`num` is read from the right; `long` may take several lines; `short` takes one."""
    return "num" if column.kind.numeric else "long" if column.kind.width >= 30 else "short"


def overrun(search: Search, page: Page) -> Problem | None:
    """A page beyond the last one: said, not silently another page."""
    if search.page_number <= page.pages:
        return None
    return Problem("pagina", "Página", f"La última página es la {page.pages}.")
