"""A search as a PDF table, with the stacked columns of the page."""

from typing import IO

from corredores.database.statement import Row
from corredores.media.pdf_parts import parts
from corredores.media.pdf_table import Band, PdfColumn, PdfRow, write_pdf

from . import caption as words
from .declaration import Column
from .search import Caption, Search
from .shape import Shape, Writer, stacks
from .subtotals import matrix, with_subtotals

_SMALL = 0.85  # of the size of the first line: what stands under it


def write_list_pdf(search: Search, caption: Caption, out: IO[bytes]) -> None:
    """Write all rows to `out`. The caller has compared `search.count` with the row limit."""
    shape = Shape(search, search.columns, extras=True)
    columns = stacks(search.columns)
    write = _row_writer(shape, columns)

    def line(row: Row | Band) -> PdfRow | Band:
        return row if isinstance(row, Band) else write([row])[0]

    write_pdf(
        out,
        title=search.listing.title,
        lines=words.lines(search, caption),
        columns=[_pdf_column(stack) for stack in columns],
        rows=map(line, with_subtotals(search, shape, search.iterate(shape.fields))),
        footer=f"{caption.brokerage} · {caption.person}",
        before=parts(matrix(search)) if search.listing.matrix else (),
    )


def _room(column: Column, size: float) -> int:
    """Characters of the size of the first line; a phrase such as "límite {}" needs room too."""
    said: str = getattr(column.kind, "phrase", "{}")
    return round((column.kind.width + len(said) - len("{}")) * size)


def _row_writer(shape: Shape, columns: list[list[Column]]) -> Writer:
    """Of each stack, the text on top and those under it in one line."""
    names: dict[str, object] = {"under": lambda *texts: "  ".join(filter(None, texts))}

    def text(column: Column) -> str:
        names[f"f{len(names)}"] = column.kind.text
        return f"f{len(names) - 1}({shape.variables(column)})"

    def cell(stack: list[Column]) -> str:
        below = f"under({', '.join(map(text, stack[1:]))})" if stack[1:] else "''"
        return f"({text(stack[0])}, {below})"

    return shape.compiled(f"[{', '.join(map(cell, columns))}]", names)


def _pdf_column(stack: list[Column]) -> PdfColumn:
    return PdfColumn(
        title=stack[0].title,
        under=" · ".join(column.title for column in stack[1:]),
        weight=max(_room(column, _SMALL if n else 1) for n, column in enumerate(stack)),
        numeric=stack[0].kind.numeric,
    )
