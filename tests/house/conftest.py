import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pytest
import time_machine

from corredores.web.fragments import Shelf
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


@pytest.fixture(autouse=True)
def _what_is_kept_is_what_would_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key of a kept page, or of a part of one, forgets a value that it is drawn from."""
    take = Shelf.take

    def compared(self: Shelf[Any], key: Hashable, make: Callable[[], Any]) -> Any:
        kept = self._kept.get(key)
        if kept is not None:
            drawn = make()
            assert getattr(drawn, "__dict__", drawn) == getattr(kept, "__dict__", kept), key
        return take(self, key, make)

    monkeypatch.setattr(Shelf, "take", compared)
