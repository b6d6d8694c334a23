"""Every list in every order that it offers: the same rows, each once, and the key decides last."""

from typing import Any

import pytest
from django.db.models import OrderBy
from django.http import QueryDict

from corredores.accounts.business_line import ALL_LINES
from corredores.database import viewing
from corredores.listings import Column, Listing, Search
from corredores.listings.page import Page
from corredores.listings.texts import as_json
from tests.people import TODAY

from .media import SMALL_PAGE, json_pages, search
from .offer import OFFER, Readers, opened

pytestmark = pytest.mark.django_db


def lines_of(listing: Listing) -> list[str]:
    """The values of `linea` for which a list has different columns."""
    return list(ALL_LINES) if "linea" in listing.filters.base_filters else [""]


LISTS = [(name, line) for name, listing in OFFER.items() for line in sorted(lines_of(listing))]


def rows(found: Search) -> list[dict[str, Any]]:
    return list(as_json(found, Page(found, 1_000))["filas"])


@pytest.mark.parametrize(("name", "line"), LISTS)
def test_sorting_neither_loses_nor_repeats_a_row_and_ends_in_the_key(
    world: Readers, name: str, line: str
) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    base = opened(listing) + (f"&linea={line}" if line else "")
    with viewing(viewer):
        every = sorted(search(listing, viewer, base).rows.values_list(*listing.key))
        assert every
        for column in search(listing, viewer, base).columns:
            for sign in ("", "-") if column.sort != "" else ():
                found = search(listing, viewer, f"{base}&orden={sign}{column.name}")
                read = list(found.rows.values_list(found.field(column), *listing.key))
                assert sorted(row[1:] for row in read) == every, column.name
                assert ends_in_the_key(found), column.name
                if not listing.subtotals:
                    assert in_order([row[0] for row in read], column, sign), column.name


def ends_in_the_key(found: Search) -> bool:
    last = found.rows.query.order_by[-len(found.listing.key) :]
    names = [getattr(it.expression, "name", "") for it in last if isinstance(it, OrderBy)]
    return names == list(found.listing.key)


def in_order(values: list[Any], column: Column, sign: str) -> bool:
    """Where the value itself is what is sorted by; nothing known comes last both ways."""
    if column.sort is not None:
        return True
    known = [value for value in values if value is not None]
    nothing = [None] * (len(values) - len(known))
    return values == sorted(known, reverse=bool(sign)) + nothing


@pytest.mark.parametrize("name", OFFER)
def test_pages_in_an_order_full_of_ties_are_the_list_without_a_gap(
    world: Readers, name: str
) -> None:
    """By currency, of which there are two: only the key keeps pages apart."""
    viewer = world.viewer("administrator")
    query = f"{opened(OFFER[name])}&orden=-moneda"
    with viewing(viewer):
        pages = json_pages(OFFER[name], viewer, query, SMALL_PAGE)
        assert [row for page in pages for row in page["filas"]] == rows(
            search(OFFER[name], viewer, query)
        )


@pytest.mark.parametrize("name", OFFER)
def test_what_cannot_be_sorted_by_is_refused(world: Readers, name: str) -> None:
    viewer = world.viewer("collector")
    unsorted = [it.name for it in OFFER[name].columns if it.sort == ""]
    forbidden = [it.name for it in OFFER[name].columns if it.right == "commission"]
    for order in ("nada", "--moneda", "pk", "brokerage_id", "policyholder__name", *unsorted,
                  *forbidden):  # fmt: skip
        found = Search(OFFER[name], viewer, QueryDict(f"orden={order}"), TODAY)
        assert [problem.name for problem in found.problems] == ["orden"], order
        with pytest.raises(ValueError, match="no rows"):
            _ = found.rows
