import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from tests import people


@pytest.fixture
def noon() -> Iterator[None]:
    """The portal's clock stands at noon of people.TODAY in Lima."""
    moment = dt.datetime.combine(people.TODAY, dt.time(17), dt.UTC)
    with time_machine.travel(moment, tick=False):
        yield
