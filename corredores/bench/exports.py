"""The files of a list beside `COPY`, XlsxWriter and bare PDF operators, on the same rows."""

import io
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import xlsxwriter

from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.listings import Caption, Search
from corredores.listings.pdf import write_list_pdf
from corredores.listings.shape import Shape
from corredores.listings.texts import write_csv
from corredores.listings.xlsx import stream_xlsx

from .children import growth_in_child
from .figure import Figure, Goal
from .raw_pdf import raw_pdf
from .readers import biggest, search, window_of
from .stage import Stage
from .timing import in_turn, seconds

ROWS, PDF_ROWS, ROUNDS = 100_000, 10_000, 3
CAPTION = Caption(
    "Corredora", "Persona", datetime.now(ZoneInfo("America/Lima")), data_as_of=None
)  # fmt: skip


def xlsx(stage: Stage) -> Iterator[Figure]:
    """100,000 rows × all columns, from the database to the last byte."""
    viewer, query = biggest(), window_of(stage, biggest(), ROWS)
    first: list[float] = []

    def ours() -> None:
        first.append(stream(stage, viewer, query))

    with psycopg.connect(stage.server.superuser_dsn) as link:
        whole, copied = in_turn(ours, lambda: copy(link, stage, viewer, query), ROUNDS)
    yield Figure("xlsx", "s", whole, copied, Goal(ratio=3))
    yield Figure("xlsx-first-byte", "s", sorted(first)[ROUNDS // 2], None, Goal(most=0.3))


def xlsx_beside_others(stage: Stage) -> Iterator[Figure]:
    """The same rows as a Django project usually writes them: ORM iterator and XlsxWriter. Once,
    as theirs takes long and the difference is big."""
    viewer, query = biggest(), window_of(stage, biggest(), ROWS)
    whole = seconds(lambda: stream(stage, viewer, query))
    usual = seconds(lambda: by_xlsxwriter(stage, viewer, query))
    yield Figure("xlsx-beside-xlsxwriter", "s", whole, usual, Goal(ratio=1 / 7))


def xlsx_memory(stage: Stage) -> Iterator[Figure]:
    """What a process grows by while it writes 100,000 rows, and a million in two sheets."""
    for rows in (ROWS, 1_000_001):
        grown = growth_in_child(stage, "xlsx", rows)
        yield Figure(f"xlsx-memory-{rows // 1_000}k", "MB", grown, None, Goal(most=50))


def csv(stage: Stage) -> Iterator[Figure]:
    viewer, query = biggest(), window_of(stage, biggest(), ROWS)
    with psycopg.connect(stage.server.superuser_dsn) as link:
        whole, copied = in_turn(
            lambda: as_csv(stage, viewer, query), lambda: copy(link, stage, viewer, query), ROUNDS
        )
    yield Figure("csv", "s", whole, copied, Goal(ratio=2))


def pdf(stage: Stage) -> Iterator[Figure]:
    """A list of 10,000 rows; the reference draws the same texts with bare operators."""
    viewer, query = biggest(), window_of(stage, biggest(), PDF_ROWS)
    whole, raw = in_turn(
        lambda: as_pdf(stage, viewer, query), lambda: bare_pdf(stage, viewer, query), ROUNDS
    )
    yield Figure("pdf", "s", whole, raw, Goal(ratio=10))


def pdf_memory(stage: Stage) -> Iterator[Figure]:
    grown = growth_in_child(stage, "pdf", PDF_ROWS)
    yield Figure("pdf-memory", "MB", grown, None, Goal(most=30))


def stream(stage: Stage, viewer: Viewer, query: str) -> float:
    """The workbook to its last byte; seconds to the first."""
    start = time.perf_counter()
    first = 0.0
    with viewing(viewer, timeout="300s"):
        for _piece in stream_xlsx(search(stage.day, viewer, query), CAPTION):
            first = first or time.perf_counter() - start
    return first


def as_csv(stage: Stage, viewer: Viewer, query: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8-sig", newline="")
    with viewing(viewer, timeout="300s"):
        write_csv(search(stage.day, viewer, query), CAPTION, out)
    out.flush()


def as_pdf(stage: Stage, viewer: Viewer, query: str) -> None:
    with viewing(viewer, timeout="300s"):
        write_list_pdf(search(stage.day, viewer, query), CAPTION, io.BytesIO())


def copy(link: psycopg.Connection[Any], stage: Stage, viewer: Viewer, query: str) -> None:
    """`COPY … TO STDOUT` of the same rows and columns, read to the end, as a superuser."""
    found = search(stage.day, viewer, query)
    shape = Shape(found, found.columns, extras=False)
    sql, parameters = found.rows.values_list(*shape.fields).query.sql_with_params()
    with link.cursor().copy(f"copy ({sql}) to stdout", parameters) as rows:
        for _piece in rows:
            pass


def by_xlsxwriter(stage: Stage, viewer: Viewer, query: str) -> None:
    out = io.BytesIO()
    with (
        viewing(viewer, timeout="300s"),
        xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
        as book,
    ):  # fmt: skip
        sheet, found = book.add_worksheet(), search(stage.day, viewer, query)
        fields = Shape(found, found.columns, extras=False).fields
        for line, row in enumerate(found.iterate(fields)):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(line, place, value)


def bare_pdf(stage: Stage, viewer: Viewer, query: str) -> None:
    raw_pdf(texts(stage, search(stage.day, viewer, query), viewer))


def texts(stage: Stage, found: Search, viewer: Viewer) -> Iterator[list[str]]:
    """The rows' values as bare psycopg gives them, as text."""
    shape = Shape(found, tuple(it for it in found.columns if it.page), extras=False)
    sql, parameters = found.rows.values_list(*shape.fields).query.sql_with_params()
    with psycopg.connect(stage.server.superuser_dsn) as link, link.cursor("rows") as cursor:
        for row in cursor.execute(sql, parameters):
            yield ["" if value is None else str(value) for value in row]
