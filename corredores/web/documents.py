"""Vouchers and settlements as PDF: downloads of one paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from corredores.audit.actions import Entry
from corredores.audit.models import Action
from corredores.settlements.papers import printed_settlement
from corredores.settlements.queries import settlement_numbered
from corredores.vouchers.models import Voucher
from corredores.vouchers.papers import printed_representation
from corredores.vouchers.queries import voucher_by_id

from .lists import frame
from .person import Person, portal
from .trail import note


@portal
def voucher_pdf(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """The voucher's printed representation; before the issuer's first day a page that says so."""
    voucher = voucher_by_id(person.viewer, pk)
    if voucher is None:
        raise Http404
    if voucher.issued_on < voucher.issuer.vouchers_from:
        return _too_old(request, person, voucher)
    name = f"{voucher.issuer.ruc}-{voucher.type}-{voucher.series}-{voucher.number}.pdf"
    paper = printed_representation(person.viewer, voucher)
    people = [voucher.customer_doc_number]
    note(request, Entry(Action.PAPER, f"comprobante {voucher.full_number}", subjects=people))
    return _pdf(paper, name)


@portal
def settlement_pdf(request: HttpRequest, person: Person, number: str) -> HttpResponse:
    """The premium settlement (Life only) as the client receives it."""
    settlement = settlement_numbered(person.viewer, number)
    if settlement is None:
        raise Http404
    people = [settlement.policyholder_doc_number]
    note(request, Entry(Action.PAPER, f"liquidación {number}", subjects=people))
    safe = "".join(char if char.isalnum() or char in "-." else "-" for char in number)
    return _pdf(printed_settlement(settlement), f"liquidacion-{safe}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
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
