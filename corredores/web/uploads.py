"""/gestion/cargas/: handing in files, watching them load, and what every load did."""

from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from corredores.accounts.models import StaffRole
from corredores.accounts.viewer import staff_role_of
from corredores.audit.actions import Entry
from corredores.audit.models import Action
from corredores.listings.kinds import money
from corredores.loading.models import Outcome, Receipt
from corredores.uploads.actions import Sender, UploadError, limit, receive, too_big
from corredores.uploads.models import Upload
from corredores.uploads.queries import ahead_of, history, on_their_way, outcomes_of, receipts_of

from .bodies import Bounded
from .lists import frame, only_results
from .person import P, Person, PortalView, View, entered
from .trail import actor, note

LOADERS = frozenset({StaffRole.OPERATIONS, StaffRole.ADMINISTRATOR})
_CURRENCIES = {"PEN": "Soles", "USD": "Dólares"}
_ON_A_PAGE = 25
_ONE_BY_ONE, _LISTED = 6, 100  # receipts of one upload: shown whole, and in a table
_SHOWN = 200  # errors in a table; the file of rejected rows has all of them
_NO_ROOM = "No se pudo guardar lo que enviaste: falta espacio en el servidor. No cambió nada."


def loads_door(view: PortalView[P]) -> View[P]:
    """For who runs the loads at the insurer; others find nothing."""

    def inside(
        request: HttpRequest, person: Person, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not may_load(person):
            raise Http404
        return view(request, person, *args, **kwargs)

    return entered(wraps(view)(inside))


def may_load(person: Person) -> bool:
    return staff_role_of(person.user) in LOADERS


# The token of the form stands in the body, and the body is read only for who may send one.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@loads_door
def uploads(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The form, what is being loaded, and the history."""
    if request.method != "POST":
        return _page(request, person)
    bounded = Bounded(request, limit())
    request.upload_handlers = [bounded]
    return _take(request, person, bounded)


@csrf_protect
def _take(request: HttpRequest, person: Person, bounded: Bounded) -> HttpResponseBase:
    files = request.FILES.getlist("archivo")
    try:
        if bounded.overrun:
            raise too_big()
        upload = receive(Sender(actor(request, person.user)), files)
    except UploadError as error:
        return _page(request, person, str(error))
    except OSError:
        return _page(request, person, _NO_ROOM)
    address = reverse("upload", kwargs={"pk": upload.pk})
    if only_results(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@require_safe
@loads_door
def upload(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """One upload: how far it is and, in the end, its receipts. For htmx only what changes."""
    found = Upload.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    counts = outcomes_of(found) if found.is_over else {}
    receipts = list(receipts_of(found)[:_LISTED]) if counts else []
    context = {
        "upload": found,
        "ahead": 0 if found.is_over else ahead_of(found),
        "receipts": [ShownReceipt(it) for it in receipts],
        "count": sum(counts.values()),
        "one_by_one": sum(counts.values()) <= _ONE_BY_ONE,
        "outcomes": [(it, it.label, counts[it]) for it in Outcome if it in counts],
        "refused": counts.get(Outcome.REFUSED, 0),
    }
    if receipts:
        note(request, Entry(Action.READ, str(found), ", ".join(found.names())))
    part = "progress" if only_results(request) else "upload"
    response = render(request, f"uploads/{part}.html", {**frame(person, "management"), **context})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@loads_door
def receipt(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """What one load did, by whatever door the file came."""
    found = _receipt_or_404(pk)
    note(request, Entry(Action.READ, f"recibo de carga {pk}", found.file))
    context = {**frame(person, "management"), "receipt": ShownReceipt(found)}
    return render(request, "uploads/receipt.html", context)


@require_safe
@loads_door
def rejected_rows(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """The rejected rows with their reasons, as a file that can be mended and sent again."""
    del person
    found = _receipt_or_404(pk)
    try:
        file = default_storage.open(found.rejected) if found.rejected else None
    except OSError:
        file = None
    if file is None:
        raise Http404
    name = found.rejected.rpartition("/")[2]
    note(request, Entry(Action.EXPORT, name, f"Filas rechazadas de {found.file}", {}, found.errors))
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv")


@dataclass(frozen=True)
class ShownReceipt:
    """A receipt as the templates read it."""

    receipt: Receipt

    def __getattr__(self, name: str) -> Any:
        return getattr(self.receipt, name)

    @property
    def errors_shown(self) -> list[dict[str, Any]]:
        return self._listed("errors")

    @property
    def warnings_shown(self) -> list[dict[str, Any]]:
        return self._listed("warnings")

    def _listed(self, which: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.receipt.problems.get(which, [])
        return listed[:_SHOWN]

    @property
    def sums_shown(self) -> list[tuple[str, int, str]]:
        """(currency, rows, amount): soles and dollars are never added."""
        return [
            (
                _CURRENCIES.get(currency, currency),
                sum_["filas"],
                money(Decimal(sum_["importe"]), currency),
            )
            for currency, sum_ in sorted(self.receipt.sums.items())
        ]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """What became of the rows; nothing did, where the file was refused."""
        row = self.receipt
        said = [
            ("Filas", row.rows, ""),
            ("Nuevas", row.inserted, "paid" if row.inserted else ""),
            ("Cambiadas", row.updated, ""),
            ("Iguales", row.unchanged, ""),
            ("Anteriores a lo que hay", row.stale, ""),
            ("Errores", row.errors, "late" if row.errors else ""),
            ("Avisos", row.warnings, "due" if row.warnings else ""),
        ]
        return [
            {"label": label, "value": f"{value:,}", "note": "", "tone": tone, "url": ""}
            for label, value, tone in said
            if value or label == "Filas"
        ]


@dataclass(frozen=True)
class ShownPage:
    """A page of the history, as `listing/pages.html` reads one."""

    page: Page[Receipt]

    @property
    def rows(self) -> list[Receipt]:
        return list(self.page.object_list)

    @property
    def first(self) -> int:
        return self.page.start_index()

    @property
    def last(self) -> int:
        return self.page.end_index()

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def pages(self) -> int:
        return self.page.paginator.num_pages

    @property
    def previous(self) -> str | None:
        return f"pagina={self.number - 1}" if self.page.has_previous() else None

    @property
    def next(self) -> str | None:
        return f"pagina={self.number + 1}" if self.page.has_next() else None


def _page(request: HttpRequest, person: Person, problem: str = "") -> HttpResponse:
    past = Paginator(history(), _ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        **frame(person, "management"),
        "problem": problem,
        "most": limit(),
        "under_way": list(on_their_way()),
        "page": ShownPage(past),
    }
    return render(request, "uploads/page.html", context, status=422 if problem else 200)


def _receipt_or_404(pk: int) -> Receipt:
    found = Receipt.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
