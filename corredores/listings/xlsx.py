"""A search as a streamed workbook."""

from collections.abc import Iterator

from corredores.database.copying import cells, copied
from corredores.media.cells import xml_text
from corredores.media.workbook import BATCH, Workbook

from . import caption as words
from .search import Caption, Search
from .shape import Shape
from .subtotals import sheet_column, summaries


def stream_xlsx(search: Search, caption: Caption) -> Iterator[bytes]:
    """The workbook in pieces; totals and summaries are asked first, as they stand above."""
    shape = Shape(search, search.columns, extras=False)

    def rows(styles: list[str]) -> Iterator[str]:
        names: dict[str, object] = {}
        parts = []
        for n, (column, style) in enumerate(zip(shape.columns, styles, strict=True)):
            expression, names[f"f{n}"] = column.kind.xlsx(style)
            parts.append(expression.format(v=shape.variables(column), f=f"f{n}"))
        write = shape.compiled(f"f'''<row>{''.join(parts)}</row>'''", names)
        for text in copied(search.rows.values_list(*shape.fields), BATCH):
            yield "".join(write(cells(xml_text(text))))

    return Workbook(
        title=search.listing.title,
        author=caption.person,
        lines=words.lines(search, caption),
        columns=[*map(sheet_column, shape.columns)],
        count=search.count,
        rows=rows,
        tables=summaries(search),
    ).stream()
