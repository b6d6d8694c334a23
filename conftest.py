"""What every test finds as if the process had just begun."""

import pytest


@pytest.fixture(autouse=True)
def _rested() -> None:
    """Nobody has asked for too much yet."""
    from corredores.web import limits  # noqa: PLC0415 - Django must be set up first

    limits.searches.release_all()
    limits.files.release_all()
