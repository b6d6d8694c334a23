"""Who sends the paper: name, RUC, address and logo, as every template expects them."""

import base64
import datetime as dt
import struct
from dataclasses import dataclass
from pathlib import Path

from corredores.papers.printable import Picture
from corredores.papers.typeset import PaperError, typeset

LARGEST_LOGO = 512 * 1024
WIDEST_LOGO = 4_000  # pixels; a small PNG can unfold to gigabytes
_PROOF = Path(__file__).with_name("logo_proof.typ")
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The sender. `logo`: bytes of an SVG or PNG file, or nothing; `contact`: one short line."""

    name: str
    ruc: str
    address: str = ""
    contact: str = ""
    logo: bytes = b""

    def data(self) -> dict[str, str | Picture]:
        """Return it for a template; raises PaperError when the logo is no picture."""
        return {
            "name": self.name,
            "ruc": self.ruc,
            "address": self.address,
            "contact": self.contact,
            "logo": logo_drawing(self.logo) if self.logo else "",
        }


def logo_drawing(logo: bytes) -> Picture:
    """Return an SVG or PNG file as one SVG: JSON carries no bytes, and base64 is small."""
    if len(logo) > LARGEST_LOGO:
        raise PaperError(f"the logo is larger than {LARGEST_LOGO // 1024} kB")
    if logo.startswith(_PNG):
        return _png_drawing(logo)
    try:
        text = logo.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise PaperError("the logo is neither SVG nor PNG") from problem
    if "<svg" not in text or "<!ENTITY" in text:
        raise PaperError("the logo is neither SVG nor PNG")
    return Picture(text)


def require_printable_logo(logo: bytes) -> None:
    """Raise PaperError unless a paper with this logo can be made; ask before storing one."""
    drawing = logo_drawing(logo)
    typeset(_PROOF, {"logo": drawing}, title="Logo", issued=dt.date(2000, 1, 1))


def _png_drawing(logo: bytes) -> Picture:
    if len(logo) < 24 or _PNG_END not in logo:
        raise PaperError("the logo is cut short")
    width, height = struct.unpack(">II", logo[16:24])
    if not (0 < width <= WIDEST_LOGO and 0 < height <= WIDEST_LOGO):
        raise PaperError(f"the logo is wider or higher than {WIDEST_LOGO} pixels")
    inside = base64.b64encode(logo).decode()
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{inside}"/></svg>'
    )
