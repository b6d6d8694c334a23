"""Names of files."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST, _LONGEST_PART = 120, 40  # characters


def file_name(parts: Iterable[str], ending: str) -> str:
    """`parts` joined by `_`, each once, in lower case and ASCII: `cuotas_vida_vencida.xlsx`."""
    plain = dict.fromkeys(filter(None, map(_plain, parts)))
    return "_".join(plain).lower()[:_LONGEST] + f".{ending}"


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]+", "-", ascii_only).strip("-")[:_LONGEST_PART]
