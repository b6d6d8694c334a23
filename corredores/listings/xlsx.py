"""A search as a streamed workbook."""

from collections.abc import Iterator

from corredores.database.cells import cells
from corredores.database.copying import copied
from corredores.media.cells import xml_bytes
from corredores.media.workbook import BATCH, Workbook

from . import caption as words
from .search import Caption, Search
from .shape import Shape
from .subtotals import sheet_column, summaries


def stream_xlsx(search: Search, caption: Caption) -> Iterator[bytes]:
    """The workbook in pieces; totals and summaries are asked first, as they stand above."""
    shape = Shape(search, search.columns, extras=False)

    def rows(styles: list[str]) -> Iterator[bytes]:
        cells_ = [it.kind.xlsx(style) for it, style in zip(shape.columns, styles, strict=True)]
        write = shape.row_writer(cells_, start=b"<row>", end=b"</row>")
        for piece in copied(search.rows.values_list(*shape.fields), BATCH):
            yield write(cells(xml_bytes(piece)))

    return Workbook(
        title=search.listing.title,
        author=caption.person,
        lines=words.lines(search, caption),
        columns=[*map(sheet_column, shape.columns)],
        count=search.count,
        rows=rows,
        tables=summaries(search),
    ).stream()
