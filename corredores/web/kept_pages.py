"""Pages of lists, drawn once for all who would see the same but for the rows.

Such a page is a function of its context and of nothing else: no request is there to read. So the
key of what is kept are the values of the context, all of them; what is more than a page may show
of it says by `drawn_from` what that is. Rows and the token of the forms are never kept: the page is
cut where they stand, and they are put in for each who asks.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from markupsafe import Markup

from .form_token import form_token
from .fragments import HOLE, Shelf

_ROWS = Markup(f"\0{secrets.token_hex()}\0")  # noqa: S704 - where rows stand
_MOST = 64  # pages, of some 40 KB


class _Page:
    """A drawn page in pieces of UTF-8: between them tokens, and once the rows."""

    def __init__(self, drawn: str) -> None:
        above, _, below = drawn.partition(_ROWS)
        self._above, self._below = (
            [piece.encode() for piece in part.split(HOLE)] for part in (above, below)
        )

    def filled(self, rows: bytes, request: HttpRequest) -> bytes:
        has_forms = len(self._above) + len(self._below) > 2
        token = form_token(request).encode() if has_forms else b""
        return b"".join((token.join(self._above), rows, token.join(self._below)))


_pages = Shelf[_Page](_MOST)


def kept_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], rows: bytes
) -> HttpResponse:
    """The page that `template` draws of `context`, with `rows` where it says `{{ rows }}`."""
    values = (getattr(value, "drawn_from", value) for value in context.values())
    page = _pages.take((template, *context, *values), lambda: _drawn(template, context))
    return HttpResponse(page.filled(rows, request))


def _drawn(template: str, context: Mapping[str, Any]) -> _Page:
    holes = {"rows": _ROWS, "csrf_input": HOLE}
    return _Page(get_template(template).render({**context, **holes}))
