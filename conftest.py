"""What every test finds as if the process had just begun, and the people that many ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test.client import ClientHandler

if TYPE_CHECKING:
    from corredores.accounts.models import Brokerage
    from corredores.accounts.viewer import Viewer


@pytest.fixture
def a(db: None) -> Brokerage:
    """One of two brokerages whose rows look alike."""
    from tests.people import brokerage  # noqa: PLC0415 - Django must be set up first

    return brokerage("A")


@pytest.fixture
def b(db: None) -> Brokerage:
    """The other one."""
    from tests.people import brokerage  # noqa: PLC0415

    return brokerage("B")


@pytest.fixture
def ana(a: Brokerage) -> Viewer:
    """Administrator of A: every line, every right."""
    from tests.people import administrator  # noqa: PLC0415

    return administrator(a)


@pytest.fixture(autouse=True)
def _rested() -> None:
    """Nobody has asked for too much yet, and nothing is remembered of other tests' data."""
    from corredores.database.statement import forget  # noqa: PLC0415 - Django must be set up first
    from corredores.installments import queries  # noqa: PLC0415
    from corredores.web import figures, limits, questions  # noqa: PLC0415

    for remembered in (queries._debt, questions._kept, figures.remembered, figures.warned):
        remembered.cache_clear()
    forget()

    limits.searches.release_all()
    limits.files.release_all()


@pytest.fixture(autouse=True)
def _trail_purged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django empties what a committing test leaves, but not the trail: only a purge does."""
    marker = request.node.get_closest_marker("django_db")
    committing = bool(marker and marker.kwargs.get("transaction"))
    if committing:
        request.getfixturevalue("transactional_db")  # so that this ends before it
    yield
    if committing or "transactional_db" in request.fixturenames:
        from django.db import connection  # noqa: PLC0415 - Django must be set up first

        with connection.cursor() as cursor:
            cursor.execute("select audit_purge('infinity')")


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that never reads a download would keep its place and its file: a server does not."""
    opened: list[Any] = []
    answered = ClientHandler.__call__

    def remembered(handler: ClientHandler, environ: dict[str, Any]) -> Any:
        response = answered(handler, environ)
        if response.streaming:
            opened.append(response)
        return response

    monkeypatch.setattr(ClientHandler, "__call__", remembered)
    yield
    request_finished.disconnect(close_old_connections)
    for response in opened:
        response.close()
    request_finished.connect(close_old_connections)
