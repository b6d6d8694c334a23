"""Searches that many ask: what they are put together from is kept, never what they find."""

import datetime as dt
from functools import lru_cache

from django.http import QueryDict

from corredores.accounts.viewer import Viewer
from corredores.listings import Listing
from corredores.listings.filters import PAGE
from corredores.listings.search import KEPT_SEARCHES, query_of

from .trail import WatchedSearch

_LONGEST = 4_000  # characters of a query string that is kept


def asked(listing: Listing, viewer: Viewer, query: bytes | str, today: dt.date) -> WatchedSearch:
    """The search of one request among many that ask the same, on whatever page."""
    if len(query) > _LONGEST:
        return WatchedSearch(listing, viewer, QueryDict(query), today)
    params, question = _read(query)
    if len(params.getlist(PAGE)) > 1:  # which of them is meant, nobody knows: that is said
        return WatchedSearch(listing, viewer, params, today)
    return _kept(listing, viewer, question, today).on_page_of(params)


@lru_cache(KEPT_SEARCHES)
def _read(query: bytes | str) -> tuple[QueryDict, str]:
    """The parameters of a query string, and the string without the page."""
    params = QueryDict(query)
    return params, query_of(params)


@lru_cache(KEPT_SEARCHES)
def _kept(listing: Listing, viewer: Viewer, question: str, today: dt.date) -> WatchedSearch:
    return WatchedSearch(listing, viewer, QueryDict(question), today)
