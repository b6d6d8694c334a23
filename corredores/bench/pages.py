"""Complete signed-in pages over HTTP: how many a second, how many bytes, and beside exports."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from http.client import OK, HTTPConnection
from statistics import median
from urllib.request import Request, urlopen

from corredores.listings.search import KEPT_SEARCHES

from .exports import ROWS
from .figure import Figure, Goal
from .readers import biggest, default_query, window_of
from .serving import (
    HOST,
    OTHER_CORE,
    SERVER_CORE,
    cookie,
    database_and_us_on,
    nothing_served,
    serving,
)
from .stage import Stage
from .traffic import ask, beside, cycle_of, flood, paced

CUOTAS = "/estados-de-cuenta/cuotas"
_WARMING, _LONG, _BESIDE = 2.0, 6.0, 12.0  # seconds
_TURNS, _TURN = 7, 1.5  # so many turns of so many seconds: what runs beside hurts one or two
_EXPORTS = 4
_SEARCHES = 4 * KEPT_SEARCHES  # what was put together for one is gone when it comes again
_RENDERED_FIRST = re.compile(rb'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"')


def page_throughput(stage: Stage) -> Iterator[Figure]:
    """One server process on one core; PostgreSQL and those who ask on the other. The default
    search, as everybody asks it who comes in; and searches that nobody asked lately."""
    signed_in, address = cookie(), f"{CUOTAS}/?{default_query(stage)}"
    days = [stage.day - dt.timedelta(days=days) for days in range(_SEARCHES)]
    others = [f"{CUOTAS}/?desde={day}&hasta={stage.day}" for day in days]
    with (
        database_and_us_on(stage, OTHER_CORE),
        serving(stage, core=SERVER_CORE) as portal,
        nothing_served(SERVER_CORE) as null,
    ):
        warmed(portal, address, signed_in)
        flood(portal, [address], signed_in, _WARMING)
        flood(null, ["/"], "", _WARMING / 2)
        turns = [
            (flood(portal, [address], signed_in, _TURN), flood(null, ["/"], "", _TURN / 2))
            for _ in range(_TURNS)
        ]
        new = flood(portal, others, signed_in, _LONG)
    pages, nothing = map(median, zip(*turns, strict=True))
    goal = Goal(ratio=12, most=2.5)
    yield Figure("page", "ms", 1e3 / pages, 1e3 / nothing, goal)
    yield Figure("page-of-a-new-search", "ms", 1e3 / new)


def warmed(port: int, address: str, signed_in: str) -> None:
    """A new process compiles everything for its first page, and may say "in a moment" meanwhile."""
    for _ in range(20):
        if ask(HTTPConnection(HOST, port), address, signed_in)[0] == OK:
            return
    raise RuntimeError("the portal does not answer")


def wire(stage: Stage) -> Iterator[Figure]:
    """What a browser needs before it can paint: the page and its style sheets; the fragment."""
    signed_in, address = cookie(), f"{CUOTAS}/?{default_query(stage)}"
    with serving(stage) as port:
        link = HTTPConnection(HOST, port)
        plain = Request(f"http://{HOST}:{port}{address}", headers={"Cookie": signed_in})
        with urlopen(plain) as answer:  # noqa: S310 - our own server
            sheets = [found.decode() for found in _RENDERED_FIRST.findall(answer.read())]
        whole = sum(ask(link, it, signed_in)[1] for it in (address, *sheets))
        _status, fragment = ask(link, address, signed_in, **{"HX-Request": "true"})
    yield Figure("wire-page", "KB", whole / 1e3, None, Goal(most=60))
    yield Figure("wire-fragment", "KB", fragment / 1e3, None, Goal(most=12))


def beside_exports(stage: Stage) -> Iterator[Figure]:
    """p95 of search pages at 10 a second while four workbooks stream, beside the same alone."""
    signed_in, address = cookie(), f"{CUOTAS}/?{default_query(stage)}"
    export = f"{CUOTAS}.xlsx?{window_of(stage, biggest(), ROWS)}"
    with serving(stage, workers=2) as port:

        def pages() -> float:
            log = paced(port, signed_in, 10, _BESIDE, cycle_of([("search", address)]))
            if log.errors:
                raise RuntimeError(f"{len(log.errors)} pages failed: {log.errors[0]}")
            return log.p95("search")

        def download() -> None:
            ask(HTTPConnection(HOST, port), export, signed_in)

        for _ in range(8):  # both processes
            warmed(port, address, signed_in)
        alone = pages()
        with beside([partial(download) for _ in range(_EXPORTS)]):
            together = pages()
    yield Figure("page-beside-exports", "ms", together * 1e3, alone * 1e3, Goal(ratio=3))
