"""Two brokerages, and somebody who sees all of the first."""

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
    return administrator(a)
