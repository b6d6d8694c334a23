"""Declarations are checked when the server starts: a misspelling stops it, not a user."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error

from .declaration import Listing


def check_listing(listing: Listing, fields: set[str]) -> Iterator[CheckMessage]:
    """Mistakes in one declaration. `fields`: what its query offers (fields, annotations)."""
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


def _error(listing: Listing, message: str, code: str) -> CheckMessage:
    return Error(f"{listing.slug}: {message}", id=f"listings.{code}")


def unique_slugs(listings: Iterable[Listing]) -> Iterator[CheckMessage]:
    seen: set[Any] = set()
    for listing in listings:
        key = (listing.slug, *listing.fixed.values())
        if key in seen:
            yield _error(listing, "the slug stands twice", "E007")
        seen.add(key)
