"""Check digits: a wrong one is worth a look, and no reason to refuse what the core delivers."""

import re

from django.db import connection
from stdnum.pe import ruc

from .scratch import define, derive
from .shape import Kind

_BATCH = 10_000
_DNI = re.compile(r"\d{8}")


def check_documents(kind: Kind) -> None:
    """Add a warning to `problems` for each RUC or DNI that cannot be one. Each is tried once."""
    for type_of, number in _document_columns(kind):
        _try(type_of, number)


def right(doc_type: str, number: str) -> bool:
    """Whether a document number can exist: RUC by its check digit, DNI by its eight digits."""
    if doc_type == "6":
        return bool(ruc.is_valid(number))
    return doc_type != "1" or _DNI.fullmatch(number) is not None


def _document_columns(kind: Kind) -> list[tuple[str, str]]:
    """(SQL of the type, header of the number) of each document in a row."""
    people = [
        (f"s.{header}", header.replace("_tipo_doc", "_num_doc"))
        for header in kind.headers
        if header.endswith("_tipo_doc")
    ]
    return people + [("'6'", header) for header in ("ruc", "emisor_ruc") if kind.has(header)]


def _try(type_of: str, number: str) -> None:
    # Of a DNI nothing but its form is known: only those without it are worth a question.
    derive(
        "documents",
        rf"""select distinct {type_of} as doc_type, s.{number} as number
            from staged s where s.{number} is not null
            and ({type_of} = '6' or {type_of} = '1' and s.{number} !~ '^\d{{8}}$')""",
        joined=False,
    )
    define("wrong", "doc_type text, number text")
    link = connection.connection
    with link.cursor(name="found") as found, link.cursor() as cursor:
        found.execute("select doc_type, number from documents")
        any_bad = False
        while batch := found.fetchmany(_BATCH):
            bad = [pair for pair in batch if not right(*pair)]
            any_bad = any_bad or bool(bad)
            cursor.executemany("insert into wrong values (%s, %s)", bad)
        if not any_bad:
            return
        cursor.execute(
            f"insert into problems (row, header, value, code, warning) "
            f"select s.row, '{number}', s.{number}, 'documento', true "
            f"from staged s join wrong w on w.doc_type = {type_of} and w.number = s.{number}"
        )
