"""The entrance: exact sizes, the same bytes again, and what stays when a portfolio grows."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from corredores.generation import brokerages, generate
from corredores.generation.tests.conftest import TODAY, Portfolio, read

FILES = ("corredores.csv", "cuotas.csv", "liquidaciones.csv", "comprobantes.csv")


def contents(directory: Path) -> list[bytes]:
    return [(directory / name).read_bytes() for name in FILES]


def test_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        generate(tmp_path / name, installments=2_000, today=TODAY)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(("seed", "today"), [(2, TODAY), (1, date(2026, 11, 25))])
def test_another_seed_or_day_gives_other_cuotas(tmp_path: Path, seed: int, today: date) -> None:
    generate(tmp_path / "one", installments=500, today=TODAY)
    generate(tmp_path / "two", installments=500, seed=seed, today=today)
    assert contents(tmp_path / "one")[1] != contents(tmp_path / "two")[1]


@pytest.mark.parametrize("installments", [0, 1, 7, 40, 41, 1_234])
def test_the_number_of_cuotas_is_exact(tmp_path: Path, installments: int) -> None:
    summary = generate(tmp_path, installments=installments, today=TODAY)
    assert len(read(tmp_path / "cuotas.csv")) == installments == summary.rows["cuotas.csv"]


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2028, 2, 29), date(2027, 1, 1)])
def test_it_works_on_any_day(tmp_path: Path, today: date) -> None:
    summary = generate(tmp_path, installments=1_500, brokerages=2, today=today)
    assert summary.rows["cuotas.csv"] == 1_500


@pytest.mark.parametrize(("installments", "count"), [(-1, 40), (10, 0), (10, 10_000)])
def test_sizes_out_of_range_are_refused(tmp_path: Path, installments: int, count: int) -> None:
    with pytest.raises(ValueError, match="brokerages 1 to"):
        generate(tmp_path, installments=installments, brokerages=count, today=TODAY)


def test_the_summary_says_what_the_files_hold(portfolio: Portfolio) -> None:
    sums: Counter[str] = Counter()
    for row in portfolio.installments:
        sums[row["moneda"]] += int(Decimal(row["importe"]) * 100)
    assert portfolio.summary.amounts == {
        currency: Decimal(cents) / 100 for currency, cents in sums.items()
    }
    assert portfolio.summary.rows == {
        "corredores.csv": len(portfolio.brokerages),
        "cuotas.csv": len(portfolio.installments),
        "liquidaciones.csv": len(portfolio.settlements),
        "comprobantes.csv": len(portfolio.vouchers),
    }


def test_a_bigger_portfolio_repeats_the_smaller_one_and_goes_on(tmp_path: Path) -> None:
    files = {}
    for size in (4_000, 8_000):
        generate(tmp_path / str(size), installments=size, today=TODAY)
        rows = read(tmp_path / str(size) / "cuotas.csv")
        files[size] = [row for row in rows if row["codigo_corredor"] == "C0002"]
    # Only the last policies differ: they fill what was left.
    kept = len(files[4_000]) - 30
    assert kept > 200
    for small, big in zip(files[4_000][:kept], files[8_000], strict=False):
        assert small == big


def test_the_biggest_of_3000_brokerages_holds_three_percent() -> None:
    sizes = brokerages.sizes(1_000_000, 3_000)
    assert sum(sizes) == 1_000_000
    assert sizes == sorted(sizes, reverse=True) or max(sizes) == sizes[0]
    assert sizes[0] / 1_000_000 == pytest.approx(0.03, abs=0.002)


def test_demo_accounts_find_their_brokerages(portfolio: Portfolio) -> None:
    first, second, *others = portfolio.brokerages
    assert [first["codigo"], second["codigo"]] == ["C0001", "C0002"]
    assert first["lineas"] == second["lineas"] == "GENERALES|VIDA|SALUD"
    assert first["estado"] == second["estado"] == "ACTIVO"
    assert [row["estado"] for row in others].count("SUSPENDIDO") == 1
    assert {"VIDA|SALUD", "GENERALES"} <= {row["lineas"] for row in others}
