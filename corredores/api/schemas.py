"""What the API answers, by its Spanish names; openapi.json is made from these."""

import datetime as dt
from typing import Any

from ninja import Schema

from corredores.loading.models import Receipt
from corredores.uploads.models import Upload
from corredores.uploads.queries import receipts_of

MOST_RECEIPTS = 200


class Archivo(Schema):
    """One file as it came. `sha256` is of its bytes, in hexadecimal."""

    nombre: str
    bytes: int
    sha256: str


class CargaRecibida(Schema):
    """Files that were taken in. `direccion` tells what becomes of them."""

    id: int
    direccion: str
    recibida: dt.datetime
    archivos: list[Archivo]


class Problema(Schema):
    """One thing that is wrong or worth a look. `registro` counts from the header, which is 1."""

    registro: int | None
    columna: str
    valor: str
    codigo: str
    mensaje: str


class Recibo(Schema):
    """What the load of one file did.

    resultado: CARGADO, IGUAL (the same content was in already) or RECHAZADO (nothing changed).
    sumas: {"PEN": {"filas": 3, "importe": "120.00"}}. At most 1,000 errors and warnings.
    """

    archivo: str
    contenido: str
    resultado: str
    filas: int
    nuevas: int
    cambiadas: int
    iguales: int
    anteriores: int
    sumas: dict[str, Any]
    total_errores: int
    errores: list[Problema]
    total_avisos: int
    avisos: list[Problema]
    segundos: float


class Carga(CargaRecibida):
    """estado: EN_ESPERA, CARGANDO, TERMINADA or FALLIDA (then `mensaje` says why).

    At most 200 receipts, those of refused files first; a ZIP has one for each file in it.
    """

    estado: str
    empezada: dt.datetime | None
    terminada: dt.datetime | None
    mensaje: str
    total_recibos: int
    recibos: list[Recibo]


class ProblemaHttp(Schema):
    """A refusal (RFC 9457). `codigo` does not change; `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    codigo: str
    referencia: str


def taken_in(upload: Upload, address: str) -> dict[str, Any]:
    """A CargaRecibida: what was true when it came in, so that asking again says the same."""
    return {
        "id": upload.pk,
        "direccion": address,
        "recibida": upload.sent_at,
        "archivos": [
            {"nombre": it["name"], "bytes": it["size"], "sha256": it["sha256"]}
            for it in upload.files
        ],
    }


def told(upload: Upload, address: str) -> dict[str, Any]:
    """A Carga."""
    return {
        **taken_in(upload, address),
        "estado": upload.state,
        "empezada": upload.started_at,
        "terminada": upload.ended_at,
        "mensaje": upload.trouble,
        "total_recibos": upload.receipts.count(),
        "recibos": [_receipt(it) for it in receipts_of(upload)[:MOST_RECEIPTS]],
    }


def _receipt(it: Receipt) -> dict[str, Any]:
    return {
        "archivo": it.file,
        "contenido": it.kind,
        "resultado": it.outcome,
        "filas": it.rows,
        "nuevas": it.inserted,
        "cambiadas": it.updated,
        "iguales": it.unchanged,
        "anteriores": it.stale,
        "sumas": it.sums,
        "total_errores": it.errors,
        "errores": [_problem(found) for found in it.problems.get("errors", [])],
        "total_avisos": it.warnings,
        "avisos": [_problem(found) for found in it.problems.get("warnings", [])],
        "segundos": round(it.seconds, 3),
    }


def _problem(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "registro": found["row"],
        "columna": found["column"],
        "valor": found["value"],
        "codigo": found["code"],
        "mensaje": found["message"],
    }
