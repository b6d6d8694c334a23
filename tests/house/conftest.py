import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests import people

from .offer import Readers, readers


def at_noon() -> time_machine.travel:
    """The portal's clock stands at noon of people.TODAY in Lima."""
    moment = dt.datetime.combine(people.TODAY, dt.time(17), dt.UTC)
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def noon() -> Iterator[None]:
    with at_noon():
        yield


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Readers]:
    """Rows made once for all tests of a file, which only read; then they never were."""
    with django_db_blocker.unblock(), readers() as made:
        yield made
