"""Parts of a page drawn once for all who see the same: `{% kept KEY, … %} … {% endkept %}`.

The keys are the values that the part is drawn from, all of them: whatever shows a person has that
person among them. Only the token of the forms is another on each page; it is cut out of what is
kept, and put into what is shown.
"""

import secrets
import threading
from collections.abc import Callable, Hashable
from itertools import count
from typing import Any, Generic, TypeVar

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

T = TypeVar("T")
_MOST, _LONGEST = 2_000, 16_000  # parts; characters of one that is kept
HOLE = Markup(f"\0{secrets.token_hex()}\0")  # noqa: S704 - where a token stands; nobody guesses it
_FORM = "csrfmiddlewaretoken"


class Shelf(Generic[T]):
    """What was made once for a key; where it is full, the oldest goes."""

    def __init__(self, most: int, worth: Callable[[T], bool] = lambda _made: True) -> None:
        self._most, self._worth, self._kept = most, worth, dict[Hashable, T]()
        self._lock = threading.Lock()

    def take(self, key: Hashable, make: Callable[[], T]) -> T:
        """What stands there under `key`; made where nothing does."""
        if (found := self._kept.get(key)) is None:
            found = make()
            if self._worth(found):
                self._keep(key, found)
        return found

    def _keep(self, key: Hashable, made: T) -> None:
        with self._lock:
            if len(self._kept) >= self._most:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = made


class Kept(Extension):
    """The tag `kept`. Two places never share a part, whatever their keys."""

    tags = {"kept"}

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        # A long part is somebody's long input, which comes once.
        self._places = count()
        self._parts = Shelf[str](_MOST, lambda part: len(part) <= _LONGEST)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        place = nodes.Const(next(self._places))
        keys = parser.parse_tuple(with_condexpr=True)
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        drawn = self.call_method("_part", [nodes.ContextReference(), place, keys])
        return nodes.CallBlock(drawn, [], [], body).set_lineno(line)

    def _part(self, context: Context, place: int, keys: Any, caller: Callable[[], str]) -> Markup:
        part = self._parts.take((place, keys), lambda: _cut(str(caller()), context))
        if HOLE in part:
            part = part.replace(HOLE, str(context["csrf_input"]))
        return Markup(part)  # noqa: S704 - a template drew it, escaping as it did


def _cut(drawn: str, context: Context) -> str:
    return drawn.replace(str(context["csrf_input"]), HOLE) if _FORM in drawn else drawn
