"""What the compiled row writers call for one cell, remembered where values repeat.

Values are text as PostgreSQL's COPY writes it; empty where there is none.
"""

import datetime as dt
import re
from functools import lru_cache
from html import escape

EPOCH = dt.date(1899, 12, 30)  # Excel's day zero, its leap year of 1900 included
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = re.compile(r'[";\r\n]')
# XML 1.0 knows no other control characters, and no lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Text of one cell, or of many at once, as XML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORBIDDEN.sub("\ufffd", text)


def inline(style: str, text: str) -> str:
    """A cell of text that is XML already. It is never a formula, whatever it starts with."""
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def number(style: str, text: str) -> str:
    """A cell of a number, as exact as its text."""
    return f'<c s="{style}"><v>{text}</v></c>'


def nothing(style: str) -> str:
    return f'<c s="{style}"/>'


def badge(code: str, tone: str, label: str, meaning: str) -> str:
    """A state: icon, word, colour; pressing it opens what it means (`label` is HTML already)."""
    icon = f'<svg class="icon" aria-hidden="true"><use href="#i-{tone}"/></svg>'
    opens = f'popovertarget="estado-{code.lower()}" title="{escape(meaning)}"'
    return f'<button type="button" class="state {tone}" {opens}>{icon}{label}</button>'


class _Days(dict[dt.date, str]):
    def __missing__(self, day: dt.date) -> str:
        text = self[day] = f"{day:%d/%m/%Y}"
        return text


DAYS = _Days()


@lru_cache(20_000)
def csv_text(text: str) -> str:
    """Text of a cell as CSV (RFC 4180, with `;`), which has no types: text that a spreadsheet
    would run gets a leading apostrophe."""
    if text.startswith(_FORMULA_STARTS):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


class Named(dict[str, str]):
    """Labels of codes; an unknown code is its own."""

    def __missing__(self, code: str) -> str:
        return code


class Serials(dict[str, str]):
    """Cells of dates: Excel's serial numbers."""

    def __init__(self, style: str) -> None:
        super().__init__({"": nothing(style)})
        self._style = style

    def __missing__(self, day: str) -> str:
        serial = (dt.date.fromisoformat(day) - EPOCH).days
        cell = self[day] = number(self._style, str(serial))
        return cell


class Labels(dict[str, str]):
    """Cells of codes, shown as their labels."""

    def __init__(self, style: str, labels: dict[str, str]) -> None:
        super().__init__({"": nothing(style)})
        self._style, self._labels = style, labels

    def __missing__(self, code: str) -> str:
        cell = self[code] = inline(self._style, xml_text(self._labels.get(code, code)))
        return cell
