"""What the operator reads when the database or the disk, and not the file, is the trouble."""

import psycopg
from django.db import DatabaseError, InterfaceError

from .problems import Problem

FAULTS = (DatabaseError, InterfaceError, psycopg.Error, OSError)

_LOST = (
    "se perdió la conexión con la base de datos; si se repite, revisa el espacio en su disco y "
    "su registro"
)
_SENTENCES = {
    "53100": "no hay espacio en el disco de la base de datos",
    "53200": "la base de datos se quedó sin memoria",
    "57014": "la base de datos canceló la carga",
    "57P01": "la base de datos se está apagando",
    "42501": "este usuario de la base de datos no puede cargar; se carga como corredores_owner",
}


def is_passing(problem: Problem) -> bool:
    """Whether the same file may load later, as it is: nothing is wrong with the file itself."""
    return problem.code in ("archivo", "base_de_datos", "ocupado")


def problem_of(fault: BaseException) -> Problem:
    """One problem of the file as a whole; nothing of it has been kept."""
    if isinstance(fault, OSError):
        return Problem("archivo", f"no se puede leer o escribir: {fault.strerror or fault}")
    cause = fault.__cause__ if isinstance(fault.__cause__, psycopg.Error) else fault
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return Problem("base_de_datos", _LOST)
    sentence = _SENTENCES.get(state, f"error {state} de la base de datos: {cause}".strip())
    return Problem("base_de_datos", sentence.splitlines()[0])
