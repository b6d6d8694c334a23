"""A report of one business line: who may read it, which rows, what it says of itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.viewer import Viewer
from corredores.listings import Listing


def line_report(
    line: BusinessLine, *, rows: Callable[[Viewer, dt.date], QuerySet[Any]], **declared: Any
) -> Listing:
    """`declared` as a list of the `rows` of one line, for those who may see that line."""

    def may_read(viewer: Viewer) -> bool:
        return viewer.brokerage_id is not None and line in viewer.lines

    def of_line(viewer: Viewer, as_of: dt.date) -> QuerySet[Any]:
        return rows(viewer, as_of).filter(line=line)

    notes = (("Negocio", str(line.label)), *declared.pop("notes", ()))
    fixed = {"linea": line.value}
    return Listing(rows=of_line, fixed=fixed, permission=may_read, notes=notes, **declared)
