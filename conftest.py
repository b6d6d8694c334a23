"""What every test finds as if the process had just begun."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test.client import ClientHandler


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
