"""The brokerages: sizes that fall by rank, lines they may sell, and their row."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from corredores.generation import documents, names
from corredores.generation.dates import add_days, stamp
from corredores.generation.products import Line

COLUMNS = (
    "codigo", "codigo_sbs", "ruc", "nombre", "correo", "lineas", "estado", "actualizado_en",
)  # fmt: skip
ZIPF_EXPONENT = 0.7  # the biggest of 3,000 then holds 3 % of the rows
MOST = 9_999
_SUSPENDED = 7
_ALL = tuple(Line)
_PERSONS_ONLY = (Line.VIDA, Line.SALUD)
_LINES = (_ALL, _ALL, _ALL, _ALL, _PERSONS_ONLY, _ALL, (Line.GENERALES,), _ALL,
          (Line.GENERALES, Line.VIDA), _ALL)  # fmt: skip


class Brokerage(NamedTuple):
    """`rank` counts from 1, the biggest; codes never change with the size of a portfolio."""

    rank: int
    code: str
    lines: tuple[Line, ...]
    active: bool


def brokerages(count: int) -> Iterator[Brokerage]:
    """The first two may sell every line; one is suspended when there are three or more."""
    suspended = min(_SUSPENDED, count) if count > 2 else 0
    for rank in range(1, count + 1):
        lines = _LINES[(rank - 1) % len(_LINES)]
        yield Brokerage(rank, f"C{rank:04d}", lines, rank != suspended)


def sizes(installments: int, count: int) -> list[int]:
    """Rows of each brokerage: Zipf by rank, adding up to `installments` exactly."""
    weights = [rank**-ZIPF_EXPONENT for rank in range(1, count + 1)]
    total, given, due, result = sum(weights), 0, 0.0, []
    for weight in weights:
        due += installments * weight / total
        result.append(round(due) - given)
        given += result[-1]
    result[0] += installments - given
    return result


def _is_person(brokerage: Brokerage) -> bool:
    return brokerage.rank > 2 and brokerage.rank % 8 == 0


def row(brokerage: Brokerage, rng: Random, today: date) -> tuple[str, ...]:
    """The line of corredores.csv, in the order of COLUMNS."""
    number = brokerage.rank * 48_271
    if _is_person(brokerage):
        sbs, ruc = f"N{brokerage.rank:04d}", documents.ruc("10", str(99_980_000 + number % 9_999))
        name = names.person_name(number).replace(",", "")
    else:
        sbs, ruc = (
            f"J{brokerage.rank:04d}",
            documents.ruc("20", str(98_000_000 + number % 1_000_000)),
        )
        name = f"{names.firm_word(number)} CORREDORES DE SEGUROS S.A.C."
    return (
        brokerage.code, sbs, ruc, name, f"cobranzas@{brokerage.code.lower()}.example",
        "|".join(brokerage.lines), "ACTIVO" if brokerage.active else "SUSPENDIDO",
        stamp(rng, add_days(today, -int(rng.random() * 300))),
    )  # fmt: skip
