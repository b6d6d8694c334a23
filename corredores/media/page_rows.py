"""Rows of a page's table, in HTML. One that comes again with the same texts is not drawn again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

Row = tuple[str | None, ...]
_REMEMBERED = 512  # rows


@dataclass(frozen=True)
class Cell:
    """A value, and small ones under it; `title` is shown where a row stands as a card.

    values: of each, what says it as HTML, and the places in a row that it is said from.
    """

    style: str
    title: str
    values: Sequence[tuple[Callable[..., str], Sequence[int]]]

    def html(self, row: Row) -> str:
        top, *below = (say(*[row[place] for place in places]) for say, places in self.values)
        small = f"<small>{' '.join(below)}</small>" if below else ""
        return f'<td class="{self.style}" data-label="{escape(self.title)}">{top}{small}</td>'


@dataclass(frozen=True, eq=False)
class PageRows:
    """What draws the rows of one table. Two tables never share a row."""

    cells: Sequence[Cell]

    def __call__(self, rows: Iterable[Row]) -> bytes:
        return b"\n".join([_drawn(self, row) for row in rows])


@lru_cache(_REMEMBERED)
def _drawn(table: PageRows, row: Row) -> bytes:
    return f"<tr>{''.join(cell.html(row) for cell in table.cells)}</tr>".encode()
