"""One portfolio of 20,000 cuotas, generated once and read back as anyone would read it."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corredores.generation import Summary, generate

Row = dict[str, str]
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Portfolio:
    summary: Summary
    brokerages: list[Row]
    installments: list[Row]
    settlements: list[Row]
    vouchers: list[Row]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    directory = tmp_path_factory.mktemp("portfolio")
    summary = generate(directory, installments=20_000, today=TODAY)
    names = ("corredores", "cuotas", "liquidaciones", "comprobantes")
    return Portfolio(summary, *(read(directory / f"{name}.csv") for name in names))
