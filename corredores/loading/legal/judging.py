"""What the checks found wrong with staged documents, said of the files they came from."""

from collections.abc import Sequence

from django.db import connection

from corredores.loading.kinds import VOUCHERS
from corredores.loading.messages import sentence
from corredores.loading.problems import Problem

from .files import LegalFile
from .reading import Reading

_WHOSE = (
    "no se sabe de qué corredor es: ninguna cuota cargada tiene su póliza ni nombra este "
    "comprobante, o las hay de varios corredores"
)


def take_the_refused(documents: Sequence[LegalFile], readings: Sequence[Reading]) -> None:
    """Put the problems into the reports and begin anew; refused rows are no longer staged.

    In an XML file a problem's row is the line of the element.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select row, header, left(value, 200), code, message, warning from problems "
            "order by row, header"
        )
        for row, header, value, code, message, warning in cursor.fetchall():
            file, reading = documents[row - 2], readings[row - 2]
            problem = _problem(reading, header, value or "", code, message)
            if warning:
                file.report.warn(problem)
            else:
                file.report.refuse(problem)
        cursor.execute(
            "delete from staged s using problems p where p.row = s.row and not p.warning"
        )
        cursor.execute("delete from problems")


def _problem(reading: Reading, header: str, value: str, code: str, message: str) -> Problem:
    line = reading.lines.get(header, 1)
    if header == "codigo_corredor" and code == "requerido":
        return Problem("corredor", _WHOSE, line, "poliza", reading.cells.get("poliza", ""))
    return Problem(code, message or sentence(VOUCHERS, header, code), line, header, value)
