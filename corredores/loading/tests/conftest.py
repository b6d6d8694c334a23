"""A folder for files, one brokerage already loaded, and a short way to load one file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corredores.loading.actions import load_paths
from corredores.loading.reports import FileReport

from .files import BROKERAGE, Row, csv_file

Load = Callable[..., FileReport]


@pytest.fixture(autouse=True)
def files_stay_here(tmp_path: Path, settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        name: {**settings.STORAGES[name], "OPTIONS": {"location": tmp_path / "storage" / name}}
        for name in ("default", "comprobantes")
    }


@pytest.fixture
def brokerages(db: None, tmp_path: Path) -> None:
    second = {**BROKERAGE, "codigo": "C2", "nombre": "SUR CORREDORES"}
    load_paths([csv_file(tmp_path / "brokerages.csv", BROKERAGE, second)], loaded_by="test")


@pytest.fixture
def load(brokerages: None, tmp_path: Path) -> Load:
    """Load rows as one CSV file; `brokerages` C1 and C2 are there."""
    numbers = iter(range(1000))

    def load_rows(*rows: Row, **options: Any) -> FileReport:
        path = csv_file(tmp_path / f"file-{next(numbers)}.csv", *rows, **options)
        return load_paths([path], loaded_by="test")[0]

    return load_rows
