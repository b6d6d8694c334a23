"""What the cells of a medium look like, and how a column of many rows is filled with them.

Values are text as PostgreSQL's COPY writes it, in UTF-8; empty where there is none.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape

EPOCH = dt.date(1899, 12, 30)  # Excel's day zero, its leap year of 1900 included
# What a column puts into the template of its rows, and the texts that fill it, row by row.
Filled = tuple[bytes, Iterable[bytes]]
Filling = Callable[[list[bytes]], Filled]
_WHOLE = b"%b"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = re.compile(r'[";\r\n]')
# XML 1.0 knows no other control characters, and no lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Bytes that are in no such letter (0xEF begins the last two), and those that need no care in CSV:
# what is left of a text without them tells at a glance whether one of very many cells needs it.
_FINE_IN_XML = bytes({*range(256)} - {*range(9), 11, 12, *range(14, 32), 0xEF})
_FINE_IN_CSV = bytes({*range(256)} - {*b'";\r\n=+@\t'})


def xml_text(text: str) -> str:
    """Text of a cell as XML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORBIDDEN.sub("\ufffd", text)


def xml_bytes(piece: bytes) -> bytes:
    """The text of many cells at once as XML."""
    if piece.translate(None, _FINE_IN_XML):
        return xml_text(piece.decode()).encode()
    return piece.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def inline(style: str, text: str) -> str:
    """A cell of text that is XML already. It is never a formula, whatever it starts with."""
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def number(style: str, text: str) -> str:
    """A cell of a number, as exact as its text."""
    return f'<c s="{style}"><v>{text}</v></c>'


def nothing(style: str) -> str:
    return f'<c s="{style}"/>'


def said_or_nothing(style: str, text: str) -> str:
    """As `inline`; but a cell without text is none that holds an empty one."""
    return inline(style, text) if text else nothing(style)


def day(style: str, iso: str) -> str:
    """A cell of a date: Excel's serial number."""
    if not iso:
        return nothing(style)
    return number(style, str((dt.date.fromisoformat(iso) - EPOCH).days))


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


def csv_text(text: str) -> str:
    """Text of a cell as CSV (RFC 4180, with `;`), which has no types: text that a spreadsheet
    would run gets a leading apostrophe."""
    if text.startswith(_FORMULA_STARTS):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


@lru_cache(20_000)
def _csv_bytes(text: bytes) -> bytes:
    return csv_text(text.decode()).encode()


def framed(cell: str, empty: str) -> Filling:
    """Cells that all look alike (`%b` in `cell` is the text), apart from the empty ones."""
    frame, nothing_ = cell.encode(), empty.encode()

    def fill(texts: list[bytes]) -> Filled:
        if b"" not in texts:
            return frame, texts
        return _WHOLE, [frame % text if text else nothing_ for text in texts]

    return fill


def guarded(empty: str) -> Filling:
    """Texts as CSV; of most columns none needs more than a glance."""
    nothing_ = csv_text(empty).encode()

    def fill(texts: list[bytes]) -> Filled:
        # A minus is harmless within a text; PostgreSQL has no NUL in one.
        glance = b"\0".join([b"", *texts])
        if b"\0-" in glance or glance.translate(None, _FINE_IN_CSV):
            texts = [*map(_csv_bytes, texts)]
        if nothing_ and b"" in texts:
            texts = [text or nothing_ for text in texts]
        return _WHOLE, texts

    return fill


class Few(dict[bytes, bytes]):
    """Cells of a column with few different values: each is made once."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: bytes) -> bytes:
        cell = self[text] = self._make(text.decode()).encode()
        return cell

    def __call__(self, texts: list[bytes]) -> Filled:
        return _WHOLE, map(self.__getitem__, texts)
