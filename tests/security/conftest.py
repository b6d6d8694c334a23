"""Tests sign in hundreds of times; all but one of them need no costly hash for it."""

from functools import cache

import pytest
from django.contrib.auth.hashers import make_password

from corredores.accounts.hashers import BoundedArgon2
from tests import people


@cache
def _cheap() -> str:
    return make_password(people.PASSWORD)


@pytest.fixture
def real_hashes() -> None:
    """This test measures what a hash costs."""


@pytest.fixture(autouse=True)
def _cheap_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_hashes" not in request.fixturenames:
        monkeypatch.setattr(BoundedArgon2, "memory_cost", 64)
        monkeypatch.setattr(people, "HASHED", _cheap())
