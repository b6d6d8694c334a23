"""Which fields a medium asks of the database, and the row writer compiled from the kinds.

A row writer is one generated expression over a batch of tuples: no per-kind branch and no
per-column loop runs for a row. Its source comes from declarations only, never from data.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from corredores.media.cells import Filling
from corredores.media.rows import RowWriter

from .declaration import Column
from .search import Search

Writer = Callable[[Iterable[Sequence[Any]]], list[Any]]


class Shape:
    """The fields of `columns` in a search, each once, and where every column finds its own.

    With `extras`, the further fields that texts for people need (currency, link targets).
    """

    def __init__(self, search: Search, columns: tuple[Column, ...], *, extras: bool) -> None:
        self.columns = columns
        self.fields: list[str] = []
        self.places: dict[str, tuple[int, ...]] = {}
        for column in columns:
            wanted = (search.field(column), *(column.extras if extras else ()))
            self.places[column.name] = tuple(self._place(name) for name in wanted)

    def _place(self, field: str) -> int:
        if field not in self.fields:
            self.fields.append(field)
        return self.fields.index(field)

    def variables(self, column: Column) -> str:
        return ", ".join(f"c{place}" for place in self.places[column.name])

    def row_writer(self, fillings: Iterable[Filling], **row: bytes) -> RowWriter:
        """Of COPY's rows of the fields; `fillings` of the columns, `row` what is around them."""
        places = (self.places[column.name][0] for column in self.columns)
        return RowWriter([*zip(places, fillings, strict=True)], len(self.fields), **row)

    def compiled(self, expression: str, names: Mapping[str, object]) -> Writer:
        """A function of a batch of rows: `expression` over c0, c1, … for each of them."""
        variables = "".join(f"c{place}, " for place in range(len(self.fields)))
        source = f"lambda rows: [{expression} for ({variables}) in rows]"
        writer: Writer = eval(source, dict(names))  # noqa: S307 - see the module's first lines
        return writer


def stacks(columns: tuple[Column, ...]) -> list[list[Column]]:
    """Columns as a page has them: each with those that stand under it."""
    shown = [column for column in columns if column.page]
    names = {column.name for column in shown}
    heads = [[column] for column in shown if column.under not in names]
    for column in shown:
        for stack in heads:
            if column.under == stack[0].name:
                stack.append(column)
    return heads
