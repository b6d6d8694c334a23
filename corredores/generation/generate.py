"""The one entrance: a directory, a size, a seed and a day make the four files."""

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from corredores.generation import brokerages as insurer
from corredores.generation.book import Book, Files
from corredores.generation.files import CsvFile
from corredores.generation.installments import COLUMNS as INSTALLMENT_COLUMNS
from corredores.generation.scene import Scene
from corredores.generation.settlements import COLUMNS as SETTLEMENT_COLUMNS
from corredores.generation.vouchers import COLUMNS as VOUCHER_COLUMNS


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows by file name; sum of all cuotas' `importe` by currency, refunds subtracted."""

    rows: Mapping[str, int]
    amounts: Mapping[str, Decimal]


def generate(
    directory: Path, *, installments: int, brokerages: int = 40, seed: int = 1, today: date
) -> Summary:
    """Write corredores.csv, cuotas.csv, liquidaciones.csv and comprobantes.csv (formats.md §1).

    The same arguments give the same bytes. `installments` is the exact number of cuotas;
    `brokerages` is 1 to 9,999. Existing files are replaced; the directory is made if absent.
    Raises ValueError when a size is out of range.
    """
    if installments < 0 or not 1 <= brokerages <= insurer.MOST:
        raise ValueError(f"installments >= 0 and brokerages 1 to {insurer.MOST}, please")
    directory.mkdir(parents=True, exist_ok=True)
    amounts: Counter[str] = Counter()
    with ExitStack() as stack:
        offices, *others = (
            stack.enter_context(CsvFile(directory / f"{name}.csv", columns))
            for name, columns in (
                ("corredores", insurer.COLUMNS),
                ("cuotas", INSTALLMENT_COLUMNS),
                ("liquidaciones", SETTLEMENT_COLUMNS),
                ("comprobantes", VOUCHER_COLUMNS),
            )
        )
        sizes = insurer.sizes(installments, brokerages)
        for brokerage, rows in zip(insurer.brokerages(brokerages), sizes, strict=True):
            # Seeded by code, not by position in one stream: no brokerage depends on another.
            rng = Random(f"{seed}/{brokerage.code}")  # noqa: S311 - invented data, not secrets
            offices.add(insurer.row(brokerage, rng, today))
            book = Book(Scene(brokerage, rng, today), Files(*others))
            book.write(rows)
            amounts += book.amounts
    return Summary(
        {file.name: file.rows for file in (offices, *others)},
        {currency: Decimal(cents) / 100 for currency, cents in sorted(amounts.items())},
    )
