"""Parts of a page drawn once for all who see the same: `{% kept KEY, … %} … {% endkept %}`.

The keys are the values that the part is drawn from, all of them: whatever shows a person has that
person among them. Only the token of the forms is another on each page; it is cut out of what is
kept, and put into what is shown.
"""

import threading
from collections.abc import Callable
from itertools import count
from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

_MOST = 1_000  # parts; the oldest goes first
_HOLE = "\0token\0"  # no page has a NUL
_FORM = "csrfmiddlewaretoken"


class Kept(Extension):
    """The tag `kept`. Two places never share a part, whatever their keys."""

    tags = {"kept"}

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._parts: dict[tuple[Any, ...], str] = {}
        self._places, self._lock = count(), threading.Lock()

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        place = nodes.Const(next(self._places))
        keys = parser.parse_tuple(with_condexpr=True)
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        drawn = self.call_method("_part", [nodes.ContextReference(), place, keys])
        return nodes.CallBlock(drawn, [], [], body).set_lineno(line)

    def _part(self, context: Context, place: int, keys: Any, caller: Callable[[], str]) -> Markup:
        key = (place, keys)
        if (part := self._parts.get(key)) is None:
            part = self._keep(key, str(caller()), context)
        if _HOLE in part:
            part = part.replace(_HOLE, str(context["csrf_input"]))
        return Markup(part)  # noqa: S704 - a template drew it, escaping as it did

    def _keep(self, key: tuple[Any, ...], drawn: str, context: Context) -> str:
        part = drawn.replace(str(context["csrf_input"]), _HOLE) if _FORM in drawn else drawn
        with self._lock:
            if len(self._parts) >= _MOST:
                self._parts.pop(next(iter(self._parts)))
            self._parts[key] = part
        return part
