"""The reference of PDF lists: content streams written by hand, and nothing else.

No widths, no wrapping, no embedded font, no totals: what no PDF of a table can do without.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

_ROWS_PER_PAGE, _LEADING, _TOP = 48, 11, 560
_TABLE = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def raw_pdf(rows: Iterable[list[str]]) -> bytes:
    """A landscape A4 page per 48 rows, cells at even distances, in Helvetica."""
    objects: list[bytes] = []
    pages: list[int] = []
    for content in _contents(iter(rows)):
        packed = zlib.compress(content, 1)
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
                       % (len(packed), packed))  # fmt: skip
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (len(objects) + 3)
        )
        pages.append(len(objects) + 3)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    fixed = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    return _file([*fixed, *objects])


def _contents(rows: Iterator[list[str]]) -> Iterator[bytes]:
    while page := list(islice(rows, _ROWS_PER_PAGE)):
        parts = ["BT /F1 7 Tf"]
        for line, row in enumerate(page):
            step, y = 780 / len(row), _TOP - line * _LEADING
            for place, text in enumerate(row):
                shown = text.translate(_TABLE)
                parts.append(f"1 0 0 1 {30 + place * step:.1f} {y} Tm ({shown}) Tj")
        yield "\n".join([*parts, "ET"]).encode("cp1252", "replace")


def _file(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)
