"""The same brokerage in a table of a tenth: a search grows with the brokerage, not with others."""

from collections.abc import Iterator
from statistics import median

from corredores.generation.brokerages import ZIPF_EXPONENT, sizes

from .children import ask_child
from .figure import Figure, Goal
from .stage import Size, Stage, filled

ROUNDS = 3
QUERIES = {"page": "", "name": "desde=&hasta=&contratante=garcia"}


def growth(stage: Stage) -> Iterator[Figure]:
    """Each table asks in a process of its own, in turn, each with a server of its own."""
    with filled(smaller(stage.size), stage.home.parent.parent) as small:
        for name, query in QUERIES.items():
            pairs = [(_ms(stage, query), _ms(small, query)) for _ in range(ROUNDS)]
            ours, reference = map(median, zip(*pairs, strict=True))
            yield Figure(f"growth-{name}", "ms", ours, reference, Goal(ratio=1.3))


def smaller(size: Size) -> Size:
    """A tenth of the rows or little more, over so many brokerages that the biggest is as big."""
    biggest = sizes(size.installments, size.brokerages)[0]
    rows, count = 0.0, 0
    while rows < size.installments / 10 or count < 2:  # one of the demo's people needs a second
        count += 1
        rows += biggest * count**-ZIPF_EXPONENT
    return Size(round(rows), count)


def _ms(stage: Stage, query: str) -> float:
    return float(ask_child(stage, "page", query))
