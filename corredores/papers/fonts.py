"""The one font family of the papers, from PyPI: the same paper on every machine."""

import functools
import unicodedata
from pathlib import Path

import font_source_sans_pro  # type: ignore[import-untyped]
import typst

FAMILY = "Source Sans Pro"
FOLDER = Path(font_source_sans_pro.font_directory)
WEIGHTS = ("Regular", "Semibold", "Bold")


class FontMissingError(RuntimeError):
    """The package is there, the font is not: Typst would print empty pages, without an error."""


@functools.cache
def fonts() -> typst.Fonts:
    """Return the fonts for all compilers of the process; no others are ever looked for."""
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )
    if FAMILY not in found.families():
        raise FontMissingError(f"the font {FAMILY} is missing: install font-source-sans-pro")
    return found


@functools.cache
def in_font() -> frozenset[str]:
    """Return the characters that every weight we print with has."""
    # Imported late: it takes longer than a paper, and most papers never need it.
    from reportlab.pdfbase.ttfonts import TTFontFile  # noqa: PLC0415

    maps = [TTFontFile(str(FOLDER / f"SourceSansPro-{weight}.ttf")) for weight in WEIGHTS]
    codes = set.intersection(*(set(each.charToGlyph) for each in maps))
    return frozenset(chr(code) for code in codes if unicodedata.category(chr(code)) != "Co")
