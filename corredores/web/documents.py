"""Vouchers and settlements: downloads of one paper, or of the legal file it was made from."""

from dataclasses import replace
from typing import NamedTuple

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from corredores.audit.actions import Entry
from corredores.audit.models import Action
from corredores.settlements.papers import printed_settlement
from corredores.settlements.queries import settlement_numbered
from corredores.vouchers.models import VALID, Voucher
from corredores.vouchers.papers import printed_representation
from corredores.vouchers.queries import voucher_by_id
from corredores.vouchers.store import MissingFileError, read

from .lists import frame
from .person import Person, portal
from .trail import note

log = structlog.get_logger("corredores.documents")


@portal
def voucher_file(request: HttpRequest, person: Person, pk: int, sort: str) -> HttpResponse:
    """A voucher's PDF, or its XML or CDR (`sort`), as delivered; a PDF is printed where there is
    none, or where the voucher is not valid any more and must say so."""
    voucher = voucher_by_id(person.viewer, pk)
    kept = getattr(voucher, sort, "")
    if voucher is None or not (kept or sort == "pdf"):
        raise Http404
    if voucher.issued_on < voucher.issuer.vouchers_from:
        return _too_old(request, person, voucher)
    said = Entry(Action.PAPER, f"comprobante {voucher.full_number}{_FILES[sort].said}",
                 subjects=[voucher.customer_doc_number])  # fmt: skip
    try:
        printed = sort == "pdf" and not (kept and voucher.status in VALID)
        content = printed_representation(person.viewer, voucher) if printed else read(sort, kept)
    except MissingFileError as fault:
        log.error("voucher_file_missing", voucher=pk, file=str(fault))
        note(request, replace(said, text="El archivo no está disponible", subjects=()))
        return _not_available(request, person, voucher)
    note(request, said)
    name = f"{voucher.issuer.ruc}-{voucher.type}-{voucher.series}-{voucher.number}"
    file = _FILES[sort]
    return _attached(content, file.name.format(name), file.content_type)


class _File(NamedTuple):
    """How a file of a voucher goes out."""

    name: str
    content_type: str
    said: str


_FILES = {
    "pdf": _File("{}.pdf", "application/pdf", ""),
    "xml": _File("{}.xml", "application/xml", " (XML)"),
    "cdr": _File("R-{}.xml", "application/xml", " (CDR)"),
}


@portal
def settlement_pdf(request: HttpRequest, person: Person, number: str) -> HttpResponse:
    """The premium settlement (Life only) as the client receives it."""
    settlement = settlement_numbered(person.viewer, number)
    if settlement is None:
        raise Http404
    people = [settlement.policyholder_doc_number]
    note(request, Entry(Action.PAPER, f"liquidación {number}", subjects=people))
    safe = "".join(char if char.isalnum() or char in "-." else "-" for char in number)
    paper = printed_settlement(settlement)
    return _attached(paper, f"liquidacion-{safe}.pdf", "application/pdf")


def _attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _too_old(request: HttpRequest, person: Person, voucher: Voucher) -> HttpResponse:
    first_day = f"{voucher.issuer.vouchers_from:%d/%m/%Y}"
    context = {
        **frame(person, ""),
        "title": f"El comprobante {voucher.full_number} no se descarga",
        "text": f"Se emitió el {voucher.issued_on:%d/%m/%Y}, y hay descarga de los emitidos desde "
        f"el {first_day}. Si lo necesitas, pídelo a la línea de ayuda.",
        "back": None,
    }
    return render(request, "message.html", context, status=410)


def _not_available(request: HttpRequest, person: Person, voucher: Voucher) -> HttpResponse:
    context = {
        **frame(person, ""),
        "title": f"El comprobante {voucher.full_number} no está disponible",
        "text": "Su archivo no está en el portal o está dañado. Ya quedó anotado; si lo necesitas "
        "pronto, pídelo a la línea de ayuda.",
        "back": None,
    }
    return render(request, "message.html", context, status=404)
