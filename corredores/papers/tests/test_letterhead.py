import struct
import zlib

import pytest

from corredores.papers.letterhead import (
    LARGEST_LOGO,
    Letterhead,
    logo_drawing,
    require_printable_logo,
)
from corredores.papers.typeset import PaperError

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'


def png(width: int = 2, height: int = 2) -> bytes:
    """A grey PNG of that size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        length, check = struct.pack(">I", len(body)), struct.pack(">I", zlib.crc32(kind + body))
        return length + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("logo", [SVG, b"\xef\xbb\xbf" + SVG, png()])
def test_svg_and_png_logos_can_be_printed(logo: bytes) -> None:
    require_printable_logo(logo)


def test_a_sender_without_logo_has_none() -> None:
    assert Letterhead(name="EPS", ruc="20332970411").data()["logo"] == ""


@pytest.mark.parametrize(
    "logo",
    [
        b"GIF89a",
        b"\xff\xd8\xff",
        b"<html></html>",
        b"<svg",
        png()[:20],
        png()[:40],
        png(5_000, 1),
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + SVG,
        SVG.replace(b"<path", b'<image href="/etc/passwd" width="9" height="9"/><path'),
        SVG.replace(b"<path", b'<image href="http://x.test/a.png" width="9" height="9"/><path'),
        SVG + b" " * LARGEST_LOGO,
    ],
)
def test_anything_else_is_refused_before_it_is_stored(logo: bytes) -> None:
    with pytest.raises(PaperError):
        require_printable_logo(logo)


def test_a_png_is_wrapped_without_losing_its_proportions() -> None:
    assert 'viewBox="0 0 30 12"' in logo_drawing(png(30, 12))
