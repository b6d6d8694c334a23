"""Ours and the reference in turn: what else the machine does then hits both alike."""

import time
from collections.abc import Callable
from statistics import median

Action = Callable[[], object]


def in_turn(ours: Action, reference: Action, rounds: int) -> tuple[float, float]:
    """Medians in seconds of `rounds` runs of each, alternating, after one that does not count."""
    ours(), reference()
    pairs = [(seconds(ours), seconds(reference)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def seconds(action: Action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
