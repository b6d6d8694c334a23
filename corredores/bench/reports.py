"""The reports of the biggest brokerage: when they begin, and the ageing in the database."""

import time
from collections.abc import Iterator

from corredores.accounts.viewer import Viewer
from corredores.catalog import REPORTS
from corredores.database import viewing
from corredores.listings import Listing
from corredores.listings.shape import Shape
from corredores.listings.xlsx import stream_xlsx

from .exports import CAPTION
from .figure import Figure, Goal
from .readers import biggest, search
from .searches import Stopwatch
from .stage import Stage

_AGEING, _RUNS = "antiguedad-de-deuda", 3


def reports(stage: Stage) -> Iterator[Figure]:
    """The report that waits longest for its first byte; R03, all rows and totals."""
    viewer, declared = biggest(), [report for line in REPORTS.values() for report in line]
    slowest = max(first_byte(stage, viewer, report) for report in declared)
    yield Figure("reports-first-byte", "s", slowest, None, Goal(most=1))
    ageing = [report for report in declared if report.slug == _AGEING]
    worst = max(in_database(stage, viewer, report) for report in ageing)
    yield Figure("report-ageing", "ms", worst, None, Goal(most=300))


def first_byte(stage: Stage, viewer: Viewer, report: Listing) -> float:
    """Seconds until the workbook's first bytes, which Excel's user sees as a download."""
    start = time.perf_counter()
    with viewing(viewer, timeout="300s"):
        next(
            piece for piece in stream_xlsx(search(stage.day, viewer, "", report), CAPTION) if piece
        )
    return time.perf_counter() - start


def in_database(stage: Stage, viewer: Viewer, report: Listing) -> float:
    spent = Stopwatch()

    def read() -> None:
        with viewing(viewer, timeout="300s"):
            found = search(stage.day, viewer, "", report)
            fields = Shape(found, found.columns, extras=False).fields
            _read = found.totals, list(found.rows.values_list(*fields))

    for _ in range(1 + _RUNS):
        spent.of(read)
    return spent.median()
