"""QR codes as small SVG drawings.

Error level Q, because paper is folded and copied; the white margin of four modules that readers
need (ISO/IEC 18004) is part of the drawing. The mask is always the same of the eight: that norm
would have the most even one looked for, which takes nine tenths of the time; readers take each.
"""

import re
from collections.abc import Iterator

import zxingcpp

from corredores.papers.printable import Picture

MARGIN, _MASK = 4, 7
_DARK = re.compile(b"\0+")


def qr(content: str) -> Picture:
    """Return the QR code of `content` as SVG, one unit per module, black on nothing."""
    kind = zxingcpp.BarcodeFormat.QRCode
    code = zxingcpp.create_barcode(content, kind, ec_level="Q", data_mask=_MASK)
    image = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    modules = bytes(image)  # type: ignore[call-overload] # the stubs do not know its buffer
    inside: int = image.shape[0]
    side = inside + 2 * MARGIN
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{"".join(_runs(modules, inside))}"/></svg>'
    )


def _runs(modules: bytes, side: int) -> Iterator[str]:
    """One rectangle per run of dark modules, not per module: a third of the size."""
    for y in range(side):
        for run in _DARK.finditer(modules[y * side : (y + 1) * side]):
            width = run.end() - run.start()
            yield f"M{run.start() + MARGIN} {y + MARGIN}h{width}v1h-{width}z"
