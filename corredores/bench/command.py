"""`corredores bench`: fill once, measure, print one line per figure."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence

import django

from corredores.env import environment

from .figure import Figure
from .stage import Size, Stage, environment_of, filled


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0 when every goal holds, 1 when one does not."""
    options = _options(arguments)
    size = Size(options.installments, options.brokerages or _brokerages(options.installments))
    with filled(size, environment().home) as stage:
        # From here on this process is one that serves: logged in as corredores_web.
        os.environ.update(environment_of(stage.home, stage.server))
        environment.cache_clear()
        django.setup()
        if options.what == "soak":
            return _soak(stage, options.minutes, as_json=options.json)
        return _measure(stage, options.only, as_json=options.json)


def _measure(stage: Stage, only: list[str], *, as_json: bool) -> int:
    from .offer import MEASUREMENTS  # noqa: PLC0415 - rooms need Django to be set up

    if unknown := set(only) - {*MEASUREMENTS}:
        sys.stderr.write(f"unknown: {', '.join(unknown)}; known: {', '.join(MEASUREMENTS)}\n")
        return 2
    measured = (it for name in only or MEASUREMENTS for it in MEASUREMENTS[name](stage))
    return _print(measured, as_json=as_json)


def _soak(stage: Stage, minutes: float, *, as_json: bool) -> int:
    from .soak import soak  # noqa: PLC0415

    return _print(soak(stage, minutes), as_json=as_json)


def _print(figures: Iterable[Figure], *, as_json: bool) -> int:
    all_hold = True
    for figure in figures:
        all_hold &= figure.holds
        sys.stdout.write((figure.as_json() if as_json else figure.as_text()) + "\n")
        sys.stdout.flush()
    return 0 if all_hold else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("corredores bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("figures", "soak"), default="figures")
    parser.add_argument("--minutes", type=float, default=10, help="of the soak")
    parser.add_argument("--installments", type=int, default=1_000_000, help="cuotas in all")
    parser.add_argument("--brokerages", type=int, help="40, or 3,000 from 10 million cuotas on")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--json", action="store_true", help="one object a line")
    return parser.parse_args(arguments)


def _brokerages(installments: int) -> int:
    """So that the biggest of a million has enough rows for exports of 100,000."""
    return 3_000 if installments >= 10_000_000 else 40
