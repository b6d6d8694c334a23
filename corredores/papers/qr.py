"""QR codes as small SVG drawings.

Error level Q, because paper is folded and copied; the white margin of four modules that readers
need (ISO/IEC 18004) is part of the drawing.
"""

import re
from collections.abc import Iterator, Sequence

import segno

from corredores.papers.printable import Picture

MARGIN = 4
# Trying all eight masks to choose the prettiest takes four times as long; readers take any.
MASK = 3
_DARK = re.compile(b"\x01+")


def qr(content: str) -> Picture:
    """Return the QR code of `content` as SVG, one unit per module, black on nothing."""
    code = segno.make_qr(content, error="q", boost_error=False, mask=MASK)
    side = len(code.matrix) + 2 * MARGIN
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{"".join(_runs(code.matrix))}"/></svg>'
    )


def _runs(matrix: Sequence[bytearray]) -> Iterator[str]:
    """One rectangle per run of dark modules, not per module: a third of the size."""
    for y, row in enumerate(matrix, MARGIN):
        for run in _DARK.finditer(row):
            width = run.end() - run.start()
            yield f"M{run.start() + MARGIN} {y}h{width}v1h-{width}z"
