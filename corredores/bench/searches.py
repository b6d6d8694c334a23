"""The search page's work in the database, beside bare psycopg without row security."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from django.db import connection

from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.listings.page import Page

from .figure import Figure, Goal
from .readers import biggest, search
from .stage import Stage
from .timing import in_turn

ROUNDS = 30
_TOTALS = """select currency, count(*), sum(total), sum(balance) from installments_installment
    where brokerage_id = %s and payment_date between %s and %s group by currency"""
_ROWS = """select * from installments_installment
    where brokerage_id = %s and payment_date between %s and %s
    order by payment_date desc, id desc limit 50"""


def search_page(stage: Stage) -> Iterator[Figure]:
    """Totals and the first 50 rows of the default search of the biggest brokerage."""
    viewer, spent = biggest(), Stopwatch()
    dates = search(stage, viewer).form.cleaned_data
    window = [viewer.brokerage_id, dates["desde"], dates["hasta"]]
    with psycopg.connect(stage.server.superuser_dsn) as link:

        def reference() -> None:
            link.execute(_TOTALS, window).fetchall()
            link.execute(_ROWS, window).fetchall()

        spent.of(lambda: read_page(stage, viewer))
        _whole, bare = in_turn(
            lambda: spent.of(lambda: read_page(stage, viewer)), reference, ROUNDS
        )
    yield Figure("search-page", "ms", spent.median(ROUNDS) * 1e3, bare * 1e3, Goal(ratio=1.5))


def read_page(stage: Stage, viewer: Viewer, query: str = "") -> Page:
    """One page with rows and totals, read as the portal's page reads it."""
    with viewing(viewer):
        page = Page(search(stage, viewer, query), 50)
        _read = page.totals, page.body
    return page


class Stopwatch:
    """Seconds that Django's connection spends in queries, per run."""

    def __init__(self) -> None:
        self._runs: list[float] = []

    def of(self, action: Callable[[], object]) -> None:
        self._runs.append(0.0)
        with connection.execute_wrapper(self._timed):
            action()

    def median(self, last: int) -> float:
        runs = sorted(self._runs[-last:])
        return runs[len(runs) // 2]

    def _timed(self, execute: Any, *query: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*query)
        finally:
            self._runs[-1] += time.perf_counter() - start
