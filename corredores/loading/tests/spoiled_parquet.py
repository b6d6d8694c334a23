"""Spoiled Parquet files, written by pyarrow: what is wrong is inside, or is the file itself."""

import io
from collections.abc import Iterator
from typing import Any

from .files import INSTALLMENT
from .spoiled_rows import Spoiled


def parquets() -> Iterator[Spoiled]:
    good = _file(1)
    for why, content in (
        ("cut short", good[: len(good) // 2]),
        ("without its footer", good[:-8]),
        ("a footer that lies", good[:-8] + b"\xff\xff\xff\x7fPAR1"),
        ("nothing but zeros", b"PAR1" + bytes(5000) + b"PAR1"),
        ("zeros in the middle", good[:100] + bytes(len(good) - 600) + good[-500:]),
    ):
        yield Spoiled(why, content, "parquet", ending="parquet")
    for why, cells in (
        ("NaN", {"importe": "NaN"}),
        ("an endless amount", {"importe": "1e400"}),
        ("a day that is none", {"fecha_vencimiento": "2026-02-30"}),
        ("the end of time", {"fecha_vencimiento": "9999-12-31"}),
        ("a control character", {"sucursal": "LI\x1bMA"}),
        ("a NUL", {"sucursal": "LI\0MA"}),
    ):
        yield Spoiled(why, _file(1, **cells), ending="parquet")
    yield Spoiled("another table", _table({"a": ["1"]}), "tipo", 1, ending="parquet")
    # A few bytes each: a dictionary says once what the rows say again and again.
    yield Spoiled(
        "a bomb of cells", _file(8_000, sucursal="x" * 100_000), "desmedido", ending="parquet"
    )
    yield Spoiled(
        "a bomb of one cell", _file(3, sucursal="x" * 50_000_000), "desmedido", ending="parquet"
    )


def _file(rows: int, **cells: str) -> bytes:
    return _table({header: [value] * rows for header, value in {**INSTALLMENT, **cells}.items()})


def _table(columns: dict[str, list[str]]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - optional
    import pyarrow.parquet as pq  # noqa: PLC0415

    out: Any = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd")
    return bytes(out.getvalue())
