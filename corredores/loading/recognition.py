"""Which kind a file is: told by its headers, never by its name."""

from collections import Counter
from collections.abc import Sequence

from .kinds import KINDS
from .problems import Problem, RefusedError
from .shape import REASON, Kind


def kind_of(headers: Sequence[str]) -> Kind:
    """The kind whose required columns are all there. RefusedError says which are not."""
    present = set(headers)
    best = max(KINDS, key=lambda kind: _likeness(kind, present))
    if _likeness(best, present) < 0.5:
        names = ", ".join(kind.name for kind in KINDS)
        raise RefusedError(
            Problem("tipo", f"por sus columnas no es un archivo de ninguno de: {names}", row=1)
        )
    missing = [header for header in best.headers if header in best.required - present]
    problems = [
        Problem("falta_columna", f"falta esta columna en un archivo de {best.name}", 1, header)
        for header in missing
    ]
    problems += [
        Problem("columna_repetida", "esta columna está dos veces", 1, header)
        for header, times in Counter(headers).items()
        if times > 1 and header
    ]
    if problems:
        raise RefusedError(*problems)
    return best


def unknown_columns(kind: Kind, headers: Sequence[str]) -> list[Problem]:
    """A warning for each column that the kind does not know; it is not read."""
    return [
        Problem("columna_desconocida", "esta columna no se conoce y no se lee", 1, header)
        for header in headers
        if not kind.has(header) and header != REASON
    ]


def _likeness(kind: Kind, present: set[str]) -> float:
    return len(kind.required & present) / len(kind.required)
