"""/gestion/: what this person may administer, as cards."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from corredores.accounts.viewer import NOBODY, Right

from .lists import frame
from .person import Person, entered
from .tokens import may_make_tokens
from .uploads import may_load


@dataclass(frozen=True)
class Task:
    """One card: where it leads, its drawing, its words."""

    url: str
    drawing: str
    title: str
    text: str
    action: str


@require_safe
@entered
def management(request: HttpRequest, person: Person) -> HttpResponse:
    """For who administers people, audits, or works at the insurer; others find nothing."""
    if not person.manages:
        raise Http404
    return render(
        request, "management.html", {**frame(person, "management"), "tasks": tasks(person)}
    )


def tasks(person: Person) -> list[Task]:
    found = []
    if person.viewer.may(Right.PEOPLE):
        text = f"Quién trabaja en {person.brokerage_name}, con qué rol y en qué líneas."
        found.append(Task(reverse("people"), "people", "Personas", text, "Ver personas"))
    if person.auditor is not NOBODY:
        text = "Quién ingresó, buscó y descargó qué, cuándo y desde dónde."
        found.append(Task(reverse("audit"), "audit", "Auditoría", text, "Abrir auditoría"))
    if person.may_see_as:
        text = "El portal como lo ve una corredora. Cada elección queda registrada."
        found.append(
            Task(reverse("choose_brokerage"), "brokerage", "Ver como", text, "Elegir corredora")
        )
    if may_load(person):
        text = "Enviar archivos del sistema central y ver qué fue de cada carga."
        found.append(Task(reverse("uploads"), "upload", "Cargas", text, "Abrir cargas"))
    if may_make_tokens(person):
        text = "Lo que un programa de la aseguradora muestra para enviar archivos."
        found.append(Task(reverse("tokens"), "key", "Claves de API", text, "Ver claves"))
    if person.is_staff:
        text = "Corredoras, cuentas, emisores, plazos y recibos de carga, según tu rol."
        found.append(Task(reverse("admin:index"), "management", "Administración", text, "Abrir"))
    return found
