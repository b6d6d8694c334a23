"""The search page's work in the database, beside bare psycopg without row security."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import psycopg

from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.database.presence import counting
from corredores.database.statement import forget
from corredores.listings.page import Page
from corredores.portfolio.models import Policyholder

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
_NAMED = """from installments_installment where brokerage_id = %s and policyholder_id in
    (select id from portfolio_policyholder where brokerage_id = %s and folded_name like %s)"""
_NAMED_TOTALS = f"select currency, count(*), sum(total), sum(balance) {_NAMED} group by currency"
_NAMED_ROWS = f"select * {_NAMED} order by payment_date desc, id desc limit 50"
_DEEP = 2_000  # pages
_FIELDS = ["pk", "policy_number", "policyholder_name", "payment_date", "total", "balance"]


def search_page(stage: Stage) -> Iterator[Figure]:
    """Totals and the first 50 rows of the default search of the biggest brokerage."""
    viewer = biggest()
    dates = search(stage.day, viewer).form.cleaned_data
    window = [viewer.brokerage_id, dates["desde"], dates["hasta"]]
    ours, bare = beside_bare(stage, "", [(_TOTALS, window), (_ROWS, window)])
    yield Figure("search-page", "ms", ours, bare, Goal(ratio=1.5))


def name_search(stage: Stage) -> Iterator[Figure]:
    """Every cuota, of whatever day, of the policyholders with a common word in their names."""
    viewer = biggest()
    named = [viewer.brokerage_id, viewer.brokerage_id, f"%{_word(viewer).lower()}%"]
    questions = [(_NAMED_TOTALS, named), (_NAMED_ROWS, named)]
    ours, bare = beside_bare(stage, f"desde=&hasta=&contratante={_word(viewer)}", questions)
    yield Figure("name-search", "ms", ours, bare, Goal(ratio=1.5, most=30))


def deep_page(stage: Stage) -> Iterator[Figure]:
    """The rows of a page 100,000 rows down, or of the last; page 1 is the reference."""
    viewer, every = biggest(), "desde=&hasta="
    with viewing(viewer):
        last = max(1, min(_DEEP, search(stage.day, viewer, every).count // 50))
    deep, first = Stopwatch(), Stopwatch()
    in_turn(
        lambda: deep.of(
            lambda: read_page(stage.day, viewer, f"{every}&pagina={last}", totals=False)
        ),
        lambda: first.of(lambda: read_page(stage.day, viewer, every, totals=False)),
        ROUNDS,
    )
    yield Figure("deep-page", "ms", deep.median(), first.median(), Goal(most=40))


def beside_bare(
    stage: Stage, query: str, questions: list[tuple[str, list[Any]]]
) -> tuple[float, float]:
    """ms that PostgreSQL and its client take for our page, and for the bare questions."""
    viewer, spent = biggest(), Stopwatch()
    with psycopg.connect(stage.server.superuser_dsn) as link:

        def bare() -> None:
            for sql, parameters in questions:
                link.execute(sql, parameters).fetchall()

        _whole, reference = in_turn(
            lambda: spent.of(lambda: read_page(stage.day, viewer, query)), bare, ROUNDS
        )
    return spent.median(), reference * 1e3


def read_page(day: dt.date, viewer: Viewer, query: str = "", *, totals: bool = True) -> None:
    """One page, read as the portal's page reads it, nothing remembered. Without `totals`, only its
    rows."""
    forget()
    with viewing(viewer):
        found = search(day, viewer, query)
        if totals:
            page = Page(found, 50)
            _read = page.totals, page.body
        else:
            found.page(found.page_number, 50, _FIELDS)


def _word(viewer: Viewer) -> str:
    """The commonest long word in the names of the brokerage's policyholders, near enough."""
    with viewing(viewer):
        names = Policyholder.objects.visible_to(viewer).values_list("folded_name", flat=True)[:500]
        words = Counter(word for name in names for word in re.findall("[a-z]{5,}", name))
    return words.most_common(1)[0][0] if words else "a"


class Stopwatch:
    """What Django's connection spends in queries, per run."""

    def __init__(self) -> None:
        self._runs: list[float] = []

    def of(self, action: Callable[[], object]) -> None:
        with counting() as asked:
            action()
        self._runs.append(asked.seconds)

    def median(self) -> float:
        """ms; the first run, which warms, does not count."""
        return median(self._runs[1:]) * 1e3
