"""Files of a test stay in the test's own home, as a worker of its own would find them."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    made = tmp_path / "home"
    (made / "static").mkdir(parents=True)
    location = {"OPTIONS": {"location": made / "files"}}
    default = {**settings.STORAGES["default"], **location}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return made
