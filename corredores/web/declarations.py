"""Every list and report is tried at start, down to its query: a misspelling stops the server."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldError
from django.http import QueryDict

from corredores.accounts.business_line import ALL_LINES
from corredores.accounts.viewer import Right, Viewer
from corredores.audit.listing import AUDITORIA
from corredores.catalog import LISTINGS, REPORTS
from corredores.listings import Column, Listing, Search

OFFERED = (*LISTINGS, *(it for reports in REPORTS.values() for it in reports), AUDITORIA)

# Somebody who may see every column. Queries are only put together, never run.
_ANYBODY = Viewer(brokerage_id=0, lines=ALL_LINES, rights=frozenset(Right), audits=True)
_ANY_DAY = dt.date(2000, 1, 1)


def mistakes(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """A message per mistake, for Django's system check."""
    del app_configs
    found = list(_unique_slugs(OFFERED))
    for listing in OFFERED:
        found += _misspelt(listing, _fields(listing))
        found += _impossible_filters(listing)
        found += [] if found else _impossible_columns(listing)
    return found


def _misspelt(listing: Listing, fields: set[str]) -> Iterator[CheckMessage]:
    """Names that nothing has. `fields`: what the listing's query offers."""
    names = [column.name for column in listing.columns]
    if len(set(names)) < len(names):
        yield _error(listing, "a column's name stands twice", "E001")
    for column in listing.columns:
        wanted = [column.source, *column.extras]
        for field in wanted if not listing.group_by else []:
            if field.split("__")[0] not in fields and field != "pk":
                yield _error(listing, f"column {column.name}: no field {field}", "E002")
        if column.under and column.under not in names:
            yield _error(listing, f"column {column.name} stands under nothing", "E003")
        if column.when and column.when[0] not in {*listing.filters.base_filters, *listing.fixed}:
            yield _error(listing, f"column {column.name}: no parameter {column.when[0]}", "E004")
    named = [
        *listing.subtotals,
        *sum(listing.summaries, ()),
        *(total.column for total in listing.totals),
    ]
    named += [*(listing.matrix or ()), *(order.removeprefix("-") for order in listing.order)]
    for name in named:
        if name not in names:
            yield _error(listing, f"no column {name}", "E005")
    for _title, group in listing.filters.groups:
        for name in group:
            if name not in listing.filters.base_filters:
                yield _error(listing, f"no filter {name}", "E006")


def _unique_slugs(listings: Iterable[Listing]) -> Iterator[CheckMessage]:
    seen: set[Any] = set()
    for listing in listings:
        key = (listing.slug, *listing.fixed.values())
        if key in seen:
            yield _error(listing, "the slug stands twice", "E007")
        seen.add(key)


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
