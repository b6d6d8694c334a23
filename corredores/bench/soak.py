"""`corredores bench soak`: what a busy day does to a server of two processes."""

from collections.abc import Iterator

from .exports import ROWS
from .figure import Figure, Goal
from .pages import CUOTAS, warmed
from .papers import keys
from .readers import biggest, default_query, installment_keys, window_of
from .serving import cookie, memory_of_servers, serving
from .stage import Stage
from .traffic import cycle_of, paced

A_SECOND = 30
_SHORT = 2_000  # rows of most downloads; every tenth has 100,000


def soak(stage: Stage, minutes: float) -> Iterator[Figure]:
    """30 requests a second: searches, details, vouchers and downloads; memory after a tenth of
    the time beside memory at the end."""
    signed_in, mix = cookie(), cycle_of(_mix(stage))
    with serving(stage, workers=2) as port:
        for _ in range(8):
            warmed(port, mix(0)[1], signed_in)
        paced(port, signed_in, A_SECOND, max(6.0, minutes * 6), mix)
        before = memory_of_servers(port)
        log = paced(port, signed_in, A_SECOND, minutes * 60, mix)
        after = memory_of_servers(port)
    yield Figure("soak-search-p95", "ms", log.p95("search") * 1e3, None, Goal(most=100))
    yield Figure("soak-errors", "answers", len(log.errors), None, Goal(most=0))
    yield Figure("soak-memory", "MB", after, before, Goal(ratio=1.05))


def _mix(stage: Stage) -> list[tuple[str, str]]:
    """200 requests: 158 searches on different pages, 30 details, 10 vouchers, 2 downloads."""
    dates, viewer = default_query(stage), biggest()
    searches = [("search", f"{CUOTAS}/?{dates}&pagina={n % 5 + 1}") for n in range(158)]
    details = [("detail", f"{CUOTAS}/{key}/") for key in installment_keys(stage, viewer, 30)]
    vouchers = [("voucher", f"/comprobantes/{key}.pdf") for key in keys("voucher", viewer)[:10]]
    exports = [
        ("export", f"{CUOTAS}.xlsx?{window_of(stage, viewer, rows)}") for rows in (_SHORT, ROWS)
    ]
    found = [*searches, *details, *vouchers, *exports]
    return [found[n * 83 % len(found)] for n in range(len(found))]  # 83 has no factor in common
