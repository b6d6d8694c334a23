"""Text as the font can print it. PDF/A refuses a page with one missing glyph, and a single
odd letter in a name must not cost a client his voucher.
"""

import functools
import re
import unicodedata
from collections.abc import Mapping

from corredores.papers.fonts import in_font

# Printed for a letter that the font has not got (Chinese, emoji): visible, never silent.
MISSING = "■"
# Latin-1, Latin Extended-A and the usual typography: certain to be in the font (a test compares),
# so that the font's own map is read only for rarer letters.
COMMON = frozenset(
    [chr(c) for c in (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x17F))]
) | set("–—‘’“”•…€→−✓■")
LONGEST_WORD = 32  # longer runs without a space would leave their column

_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
_SPACES = ("Cc", "Zs", "Zl", "Zp")


class Picture(str):
    """An SVG drawing among the data: it goes to the template as it is."""

    __slots__ = ()


def printable(text: str) -> str:
    """Return `text` (NFC) with what cannot be printed replaced, and long words breakable."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_glyph, unicodedata.normalize("NFC", text)))
    return _LONG_WORD.sub("\\g<0>\u200b", text) if len(text) > LONGEST_WORD else text


def printable_data(value: object) -> object:
    """Return nested `value` with every string made printable, pictures apart."""
    match value:
        case Picture():
            return value
        case str():
            return printable(value)
        case Mapping():
            return {key: printable_data(item) for key, item in value.items()}
        case list() | tuple():
            return [printable_data(item) for item in value]
    return value


@functools.lru_cache(maxsize=4096)
def _glyph(char: str) -> str:
    if char in COMMON:
        return char
    category = unicodedata.category(char)
    if category in _SPACES:
        return " "
    if category == "Cf":  # invisible; the direction marks among them can turn a number round
        return ""
    return _rare_glyph(char) or ("" if category == "Mn" else MISSING)


def _rare_glyph(char: str) -> str:
    """The letter, its plain form (a wide Ａ is an A), or nothing when the font has neither."""
    for form in (char, unicodedata.normalize("NFKC", char).replace("\u2010", "-")):
        if all(each in in_font() for each in form):
            return form
    return ""
