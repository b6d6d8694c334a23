"""Three readers open a workbook of ours: how many cells they see differently."""

import datetime as dt
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from corredores.database import viewing
from corredores.listings.xlsx import stream_xlsx

from .exports import CAPTION
from .figure import Figure, Goal
from .readers import biggest, search, window_of
from .stage import Stage

ROWS = 2_000
Grid = list[list[Any]]


def readers_agree(stage: Stage) -> Iterator[Figure]:
    """openpyxl, calamine and LibreOffice (by way of its own file) beside one another."""
    viewer = biggest()
    query = window_of(stage, viewer, ROWS)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "cuotas.xlsx"
        with viewing(viewer), book.open("wb") as file:
            file.writelines(stream_xlsx(search(stage.day, viewer, query), CAPTION))
        grids = [by_openpyxl(book), by_calamine(book), by_calamine(by_libreoffice(book))]
    differing = sum(
        first != other
        for rows in zip_longest(*grids, fillvalue=[])
        for first, *others in zip_longest(*rows, fillvalue="")
        for other in others
    )
    yield Figure("readers-disagree", "cells", differing, None, Goal(most=0))


def by_openpyxl(book: Path) -> Grid:
    import openpyxl  # noqa: PLC0415 - for development only

    sheet = openpyxl.load_workbook(book, read_only=True).worksheets[0]
    return [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def by_calamine(book: Path) -> Grid:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    sheet = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0)
    return [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def by_libreoffice(book: Path) -> Path:
    subprocess.run(  # noqa: S603
        ["soffice", "--headless", f"-env:UserInstallation=file://{book.parent}/profile",  # noqa: S607
         "--convert-to", "ods", "--outdir", str(book.parent), str(book)],
        check=True, capture_output=True,
    )  # fmt: skip
    return book.with_suffix(".ods")


def _plain(value: Any) -> Any:
    """Readers differ in the types of the same cell: nothing, whole numbers, dates with a time."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        return value.date()
    return float(value) if isinstance(value, (int, float)) else value
