"""What every test finds as if the process had just begun."""

import pytest


@pytest.fixture(autouse=True)
def _rested() -> None:
    """Nobody has asked for too much yet, and nothing is remembered of other tests' data."""
    from corredores.installments import queries  # noqa: PLC0415 - Django must be set up first
    from corredores.listings import search  # noqa: PLC0415
    from corredores.web import figures, limits  # noqa: PLC0415

    for remembered in (queries._debt, search._once, figures.remembered):
        remembered.cache_clear()

    limits.searches.release_all()
    limits.files.release_all()
