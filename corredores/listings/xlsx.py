"""A search as a streamed workbook."""

from collections.abc import Iterator

from corredores.media.workbook import Workbook

from . import caption as words
from .search import Caption, Search
from .shape import Shape
from .subtotals import sheet_column, summaries
from .texts import batches


def stream_xlsx(search: Search, caption: Caption) -> Iterator[bytes]:
    """The workbook in pieces; totals and summaries are asked first, as they stand above."""
    shape = Shape(search, search.columns, extras=False)

    def rows(styles: list[str]) -> Iterator[str]:
        names: dict[str, object] = {}
        cells = []
        for n, (column, style) in enumerate(zip(shape.columns, styles, strict=True)):
            expression, names[f"f{n}"] = column.kind.xlsx(style)
            cells.append(expression.format(v=shape.variables(column), f=f"f{n}"))
        write = shape.compiled(f"f'''<row>{''.join(cells)}</row>'''", names)
        for batch in batches(search.iterate(shape.fields)):
            yield "".join(write(batch))

    return Workbook(
        title=search.listing.title,
        author=caption.person,
        lines=words.lines(search, caption),
        columns=[*map(sheet_column, shape.columns)],
        count=search.count,
        rows=rows,
        tables=summaries(search),
    ).stream()
