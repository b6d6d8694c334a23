"""Whether the log of a portal, after people did all kinds of things there, holds their data."""

from collections.abc import Iterable, Mapping
from pathlib import Path

_SHORTEST = 6  # letters below which a word is found anywhere
_FIELDS = ("contratante", "contratante_num_doc", "contratante_correo", "poliza", "cliente",
           "cliente_num_doc", "cliente_direccion")  # fmt: skip
_OF_OURS = {"cuotas-al-dia", "corredor1", "lector1", "cobranza1", "desde=", "contratante="}


def personal_in(log: Path, rows: Iterable[Mapping[str, str]]) -> set[str]:
    """Names, documents, policies, users, passwords and queries that stand in the log."""
    said = "\n".join(it for it in log.read_text().splitlines() if it.startswith("{"))
    assert '"event": "request"' in said, "there is a log to read"
    words = {row[name] for row in rows for name in _FIELDS if name in row} | _OF_OURS
    return {word for word in words if len(word) >= _SHORTEST and word in said}
