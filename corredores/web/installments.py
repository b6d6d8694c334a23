"""One cuota, with everything known of it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from corredores.audit.actions import Entry
from corredores.audit.models import Action
from corredores.installments.facts import history_of, sections_of
from corredores.installments.queries import installments_of
from corredores.installments.status import EXPLANATIONS, LABELS, TONES
from corredores.listings import Search
from corredores.listings.kinds import Days, money
from corredores.listings.page import Page
from corredores.vouchers.listing import COMPROBANTES

from .figures import Figure
from .lists import frame
from .person import Person, portal
from .trail import note


@portal
def installment_page(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Others' cuotas and absent ones are the same 404."""
    today = timezone.localdate()
    found: Any = installments_of(person.viewer, today).filter(pk=pk).first()
    if found is None:
        raise Http404
    sections = sections_of(person.viewer, found)
    if history := history_of(person.viewer, found):
        sections.append(("Historial", history))
    vouchers = _vouchers(person, found.external_id)
    context = {
        **frame(person, "installments"),
        "title": f"Cuota {found.number} de {found.count} · Póliza {found.policy_number}",
        "state": {
            "name": found.state.lower(),
            "label": LABELS[found.state],
            "tone": TONES[found.state],
            "meaning": EXPLANATIONS[found.state],
        },
        "headline": _headline(found),
        "installment": {"sections": sections},
        "vouchers_page": vouchers,
        "rows": Markup(vouchers.body.decode()),  # noqa: S704 - escaped by the kinds
        "list_url": reverse("installments"),
    }
    people = [found.policyholder_doc_number]
    note(request, Entry(Action.READ, f"cuota {found.external_id}", subjects=people))
    return render(request, "installment/page.html", context)


def _headline(found: Any) -> list[Figure]:
    late = found.days_overdue is not None and found.days_overdue > 0
    due = Days().text(found.days_overdue)
    note = f"{due} de atraso" if late else due
    return [
        Figure("Importe", money(found.total, found.currency), "", "", None),
        Figure("Pagado", money(found.paid, found.currency), "", "", None),
        Figure("Saldo", money(found.balance, found.currency), "", "late" if late else "", None),
        Figure("Vence", f"{found.due_on:%d/%m/%Y}", note, "late" if late else "", None),
    ]


def _vouchers(person: Person, external_id: str) -> Page:
    params = QueryDict(mutable=True)
    params.update({"cuota": external_id, "desde": "", "hasta": ""})
    search = Search(COMPROBANTES, person.viewer, params, timezone.localdate())
    return Page(search, settings.PAGE_SIZE)
