"""What the core delivers is what a brokerage exports: any portfolio, cell by cell."""

import csv
import datetime as dt
import itertools
import re
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corredores.accounts.models import Brokerage
from corredores.database import viewing
from corredores.generation import generate
from corredores.installments.listing import CUOTAS
from corredores.loading.actions import load_paths
from corredores.portfolio.currency import Currency
from tests.house.media import csv_text
from tests.people import administrator, search

from .files import Row

pytestmark = pytest.mark.django_db


def _no_formula(text: str) -> str:
    """What a spreadsheet would take for a formula has an apostrophe in an export."""
    return f"'{text}" if text[0] in "=+-@" else text


ALL = "desde=&hasta="
# Column of the export: what it must be, by the row of the file.
SAME: dict[str, Callable[[Row], str]] = {
    "Id de cuota": lambda row: row["id_cuota"],
    "Nº póliza": lambda row: row["poliza"],
    "Producto": lambda row: row["producto"],
    "Contratante": lambda row: _no_formula(row["contratante"]),
    "Nº documento": lambda row: row["contratante_num_doc"],
    "Emisión": lambda row: row["fecha_emision"],
    "Vence": lambda row: row["fecha_vencimiento"],
    "Fecha de pago": lambda row: row["fecha_pago"] or row["fecha_vencimiento"],
    "Moneda": lambda row: Currency(row["moneda"]).label,
    "Importe": lambda row: row["importe"],
    "Liquidación": lambda row: row["liquidacion"],
    "Comprobante": lambda row: re.sub("-0+", "-", row["comprobante"]) or "Por emitir",  # unpadded
}
# Text that a core may hold: no control characters, nothing that is not written as NFC.
NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")) | st.just(" "),
    min_size=1, max_size=40,
).map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(bool)  # fmt: skip


def delivered(path: Path, names: list[str]) -> list[Row]:
    """The rows of a generated file, in which policyholders got other names."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    holders = sorted({row["contratante_num_doc"] for row in rows})
    renamed = dict(zip(holders, itertools.cycle(names), strict=False))
    for row in rows:
        row["contratante"] = renamed[row["contratante_num_doc"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["id_cuota"], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def exported(brokerage: Brokerage) -> list[Row]:
    viewer = administrator(brokerage)
    with viewing(viewer):
        text = csv_text(search(CUOTAS, viewer, ALL))
    table, _words = text.split("\r\n\r\n", 1)
    return list(csv.DictReader(table.splitlines(keepends=True), delimiter=";"))


# No shrinking: an example costs a quarter of a second, and says enough as it is.
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 10_000), size=st.integers(1, 60), brokerages=st.integers(1, 3),
    names=st.lists(NAMES, min_size=1, max_size=5),
)  # fmt: skip
def test_any_portfolio_comes_out_as_it_went_in(
    seed: int, size: int, brokerages: int, names: list[str]
) -> None:
    with transaction.atomic(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(
            folder, installments=size, brokerages=brokerages, seed=seed,
            today=dt.date(2026, 11, 24),
        )  # fmt: skip
        rows = delivered(folder / "cuotas.csv", names)
        assert [r.errors for r in load_paths([folder], loaded_by="test") if r.errors] == []
        Brokerage.objects.update(status=Brokerage.Status.ACTIVE)  # of others nobody sees a row
        for brokerage in Brokerage.objects.all():
            own = [row for row in rows if row["codigo_corredor"] == brokerage.code]
            found = {row["Id de cuota"]: row for row in exported(brokerage)}
            assert set(found) == {row["id_cuota"] for row in own}
            for row in own:
                told = {title: found[row["id_cuota"]][title] for title in SAME}
                assert told == {title: value(row) for title, value in SAME.items()}
        transaction.set_rollback(True)
