"""Papers of one page: a voucher and a settlement, from the row to the PDF."""

from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any

from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.settlements.models import Settlement
from corredores.settlements.papers import printed_settlement
from corredores.settlements.queries import settlement_numbered
from corredores.vouchers.models import Voucher
from corredores.vouchers.papers import printed_representation
from corredores.vouchers.queries import voucher_by_id

from .children import ask_child
from .figure import Figure, Goal
from .readers import biggest
from .stage import Stage
from .timing import seconds

DIFFERENT, _WARMING = 50, 5  # papers; different ones, so that nothing remembers them
_COLD_RUNS = 3


def papers(_stage: Stage) -> Iterator[Figure]:
    """In a process that has made some."""
    viewer = biggest()
    for kind in KINDS:
        took = [seconds(partial(paper, kind, viewer, key)) for key in keys(kind, viewer)]
        yield Figure(f"{kind}-warm", "ms", median(took[_WARMING:]) * 1e3, None, Goal(most=10))


def cold_papers(stage: Stage) -> Iterator[Figure]:
    """The first one of a process."""
    for kind in KINDS:
        cold = median(ask_child(stage, "cold", kind) for _ in range(_COLD_RUNS))
        yield Figure(f"{kind}-cold", "ms", cold * 1e3, None, Goal(most=150))


def keys(kind: str, viewer: Viewer) -> list[Any]:
    """The newest papers of the brokerage that can be downloaded."""
    rows = KINDS[kind].objects.visible_to(viewer).order_by("-issued_on", "pk")
    with viewing(viewer):
        return list(
            rows.values_list("number" if kind == "settlement" else "pk", flat=True)[:DIFFERENT]
        )


def paper(kind: str, viewer: Viewer, key: Any) -> bytes:
    """One paper, as its address gives it out."""
    with viewing(viewer):
        if kind == "settlement":
            settlement = settlement_numbered(viewer, key)
            return printed_settlement(settlement) if settlement else b""
        voucher = voucher_by_id(viewer, key)
        return printed_representation(viewer, voucher) if voucher else b""


KINDS: dict[str, Any] = {"voucher": Voucher, "settlement": Settlement}
