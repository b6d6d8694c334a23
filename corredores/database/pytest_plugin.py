"""One embedded server for a whole test run, started before Django reads its settings.

Loaded by `addopts = -p …`: a conftest's `pytest_configure` comes too late, pytest-django has
read the settings by then. Workers of a parallel run inherit the address and start nothing.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

_stack = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corredores.settings")
    os.environ["CORREDORES_AS_OWNER"] = "true"  # factories write; `viewing` reads as the web
    if "DATABASE_URL" in os.environ:
        return
    from .embedded import running  # noqa: PLC0415 - only the first process needs it

    home = Path(tempfile.mkdtemp(prefix="corredores-tests-"))
    _stack.callback(shutil.rmtree, home, ignore_errors=True)
    (home / "static").mkdir()  # whitenoise warns without one; a warning fails a test
    server = _stack.enter_context(running(home, durable=False))
    os.environ["CORREDORES_HOME"] = str(home)
    os.environ["DATABASE_URL"] = server.web_dsn
    os.environ["DATABASE_OWNER_URL"] = server.owner_dsn


@pytest.hookimpl(wrapper=True)
def pytest_unconfigure() -> Generator[None, None, None]:
    yield
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    _stack.close()
