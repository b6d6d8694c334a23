"""Two brokerages whose rows look alike, and those who look at them."""

import pytest

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from tests.people import administrator, brokerage


@pytest.fixture
def a(db: None) -> Brokerage:
    return brokerage("A")


@pytest.fixture
def b(db: None) -> Brokerage:
    return brokerage("B")


@pytest.fixture
def ana(a: Brokerage) -> Viewer:
    """Administrator of A: every line, every right."""
    return administrator(a)
