"""Every list and report is tried at start, down to its query: a misspelling stops the server."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldError
from django.http import QueryDict

from corredores.accounts.business_line import ALL_LINES
from corredores.accounts.viewer import Right, Viewer
from corredores.audit.listing import AUDITORIA
from corredores.catalog import LISTINGS, REPORTS
from corredores.listings import Column, Listing, Search
from corredores.listings.checks import check_listing, unique_slugs

OFFERED = (*LISTINGS, *(it for reports in REPORTS.values() for it in reports), AUDITORIA)

# Somebody who may see every column. Queries are only put together, never run.
_ANYBODY = Viewer(brokerage_id=0, lines=ALL_LINES, rights=frozenset(Right), audits=True)
_ANY_DAY = dt.date(2000, 1, 1)


def mistakes(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """A message per mistake, for Django's system check."""
    del app_configs
    found = list(unique_slugs(OFFERED))
    for listing in OFFERED:
        found += check_listing(listing, _fields(listing))
        found += _impossible_filters(listing)
        found += [] if found else _impossible_columns(listing)
    return found


def _fields(listing: Listing) -> set[str]:
    rows = listing.rows(_ANYBODY, _ANY_DAY)
    model = rows.model._meta
    names = {name for field in model.get_fields() for name in (field.name, _key(field))}
    return names | set(rows.query.annotations)


def _key(field: Any) -> str:
    return str(getattr(field, "attname", field.name))


def _impossible_columns(listing: Listing) -> Iterator[CheckMessage]:
    search = Search(listing, _ANYBODY, QueryDict(), _ANY_DAY)
    if not _refusal(
        search, listing.columns
    ):  # all at once: the usual case, and twenty times faster
        return
    for column in listing.columns:
        if refusal := _refusal(search, (column,)):
            yield _error(listing, f"column {column.name}: {refusal}", "E008")


def _refusal(search: Search, columns: tuple[Column, ...]) -> str:
    """Why no query has the columns' values, what their texts need and what they sort by."""
    wanted = [name for it in columns for name in (search.field(it), *it.extras)]
    sorts = [it.sort or it.field for it in columns if it.sort != ""]
    try:
        search.rows.values_list(*dict.fromkeys(wanted)).order_by(*sorts)
    except FieldError as error:
        return str(error)
    return ""


def _impossible_filters(listing: Listing) -> Iterator[CheckMessage]:
    rows = listing.rows(_ANYBODY, _ANY_DAY)
    for name, known in listing.filters.base_filters.items():
        method = known.extra.get("method") or known.method
        if method is not None:
            if not hasattr(listing.filters, str(method)):
                yield _error(listing, f"filter {name}: no method {method}", "E009")
            continue
        try:
            rows.order_by(str(known.field_name))
        except FieldError as error:
            yield _error(listing, f"filter {name}: {error}", "E010")


def _error(listing: Listing, message: str, code: str) -> CheckMessage:
    return Error(f"{listing.slug}: {message}", id=f"listings.{code}")
