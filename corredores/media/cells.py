"""What the compiled row writers call for one cell, remembered where values repeat."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from html import escape

TEXT = '<c t="inlineStr" s="STYLE"><is><t xml:space="preserve">{{{f}({v})}}</t></is></c>'
EPOCH = dt.date(1899, 12, 30)  # Excel's day zero, its leap year of 1900 included
# XML 1.0 knows no other control characters, and no lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767  # characters in a cell, Excel's limit
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def xml_text(value: str | None) -> str:
    """Text of an inline string. It is never a formula, whatever it starts with."""
    if not value:
        return ""
    if "&" in value or "<" in value or ">" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not value.isprintable():
        value = _FORBIDDEN.sub("\ufffd", value)
    return value if len(value) <= _LONGEST else value[:_LONGEST]


def never_a_formula(value: str | None) -> str:
    """CSV has no types: text that a spreadsheet would run gets a leading apostrophe."""
    if value and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value or ""


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


class Serials(dict[dt.date | None, str]):
    """Cells of dates: Excel's serial numbers."""

    def __init__(self, style: str) -> None:
        super().__init__({None: f'<c s="{style}"/>'})
        self._style = style

    def __missing__(self, day: dt.date | None) -> str:
        assert day is not None  # noqa: S101 - None is there from the start
        cell = self[day] = f'<c s="{self._style}"><v>{(day - EPOCH).days}</v></c>'
        return cell


class Numbers(dict[int | None, str]):
    """Cells of small whole numbers."""

    def __init__(self, style: str) -> None:
        super().__init__({None: f'<c s="{style}"/>'})
        self._style = style

    def __missing__(self, number: int | None) -> str:
        cell = f'<c s="{self._style}"><v>{number}</v></c>'
        if len(self) < 10_000:
            self[number] = cell
        return cell


class Labels(dict[str | None, str]):
    """Cells of codes, shown as their labels."""

    def __init__(self, style: str, labels: dict[str, str]) -> None:
        super().__init__()
        self._style, self._labels = style, labels

    def __missing__(self, code: str | None) -> str:
        text = xml_text(self._labels.get(code or "", code or ""))
        cell = TEXT.replace("STYLE", self._style).replace("{{{f}({v})}}", text)
        self[code] = cell
        return cell


def decimals(style: str) -> Callable[[Decimal | None], str]:
    """Cells of exact numbers; `str` of a Decimal loses nothing, a float might."""

    def cell(value: Decimal | None) -> str:
        return f'<c s="{style}"/>' if value is None else f'<c s="{style}"><v>{value!s}</v></c>'

    return cell
