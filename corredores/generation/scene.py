"""What every draw needs: the brokerage, its chance, and the day that counts as today."""

from datetime import date
from random import Random
from typing import NamedTuple

from corredores.generation.brokerages import Brokerage


class Scene(NamedTuple):
    """One per brokerage; `rng` is the only thing in it that changes."""

    brokerage: Brokerage
    rng: Random
    today: date
