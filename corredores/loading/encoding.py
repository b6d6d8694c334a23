"""UTF-8 and nothing else: a wrong guess would show «MUÃ‘OZ» to a client."""

import codecs
import unicodedata

from .problems import Problem, RefusedError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Bytes of characters before U+0300: none of them combines or is written in another way.
_ALWAYS_NFC = bytes(range(0xCC))


def refuse_other_encodings(beginning: bytes) -> None:
    """Refuse what is plainly not UTF-8 text, by its first bytes."""
    if not beginning.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise RefusedError(Problem("vacio", "el archivo está vacío"))
    if beginning.startswith(_UTF16) or beginning[:200].count(0) > len(beginning[:200]) // 3:
        raise RefusedError(Problem("codificacion", "el archivo está en UTF-16; se necesita UTF-8"))


def normalised(block: bytes, first_row: int) -> bytes:
    """The same text in Unicode NFC. `first_row` numbers the block's first line, for messages."""
    if 0 in block:
        row = first_row + line_ends(block[: block.index(0)])
        raise RefusedError(Problem("byte_nulo", "el archivo tiene un byte nulo (no es texto)", row))
    if block.isascii():
        return block
    text = _decoded(block, first_row)
    if not block.translate(None, _ALWAYS_NFC):
        return block
    if unicodedata.is_normalized("NFC", text):
        return block
    return unicodedata.normalize("NFC", text).encode()


def line_ends(block: bytes) -> int:
    """How many lines end in the block, with whichever of the three line ends."""
    return max(block.count(b"\n"), block.count(b"\r"))


def _decoded(block: bytes, first_row: int) -> str:
    try:
        return block.decode()
    except UnicodeDecodeError as error:
        row = first_row + line_ends(block[: error.start])
        around = block[max(0, error.start - 20) : error.end + 10].decode("cp1252", "replace")
        message = "el archivo no está en UTF-8 (parece Latin-1 o Windows-1252); guárdalo en UTF-8"
        raise RefusedError(Problem("codificacion", message, row, value=around.strip())) from None
