"""Descargar reportes: negocio → report → parameters → file, as a window and as pages."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from corredores.accounts.business_line import BusinessLine
from corredores.catalog import REPORTS
from corredores.listings import Listing

from .downloads import Download, answer, offered
from .lists import frame
from .person import Person, portal
from .trail import WatchedSearch, note_file


@dataclass(frozen=True)
class Line:
    """A negocio to choose."""

    slug: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Report:
    """A report to choose."""

    title: str
    purpose: str
    url: str
    current: bool


@portal
def reports(
    request: HttpRequest, person: Person, line: str = "", slug: str = ""
) -> HttpResponseBase:
    """The steps so far: what may be chosen next. A line one may not see is not there: 404."""
    chosen_line = _line_or_404(person, line) if line else None
    chosen = _report_or_404(person, line, slug) if slug else None
    search = _search(request, person, chosen) if chosen else None
    context: dict[str, Any] = {
        **frame(person, "reports"),
        "lines": [
            Line(it.lower(), str(it.label), reverse("reports_of_line", args=[it.lower()]),
                 it == chosen_line)
            for it in BusinessLine
            if it in person.viewer.lines
        ],
        "reports": [
            Report(it.title, it.purpose, reverse("report", args=[line, it.slug]), it is chosen)
            for it in (_of_line(person, chosen_line) if chosen_line else [])
        ],
        "form": search.form if search else None,
        "downloads": _downloads(line, slug) if search else (),
    }  # fmt: skip
    part = "dialog" if request.htmx else "page"  # type: ignore[attr-defined] # its middleware
    return render(request, f"reports/{part}.html", context)


@portal
def report_file(
    request: HttpRequest, person: Person, line: str, slug: str, ending: str
) -> HttpResponseBase:
    """The report as a file; bad parameters are a 422 with the reason."""
    search = _search(request, person, _report_or_404(person, line, slug))
    response = answer(request, person, search, ending)
    return note_file(request, response, search, ending, f"reportes/{line}/")


def _search(request: HttpRequest, person: Person, report: Listing) -> WatchedSearch:
    search = WatchedSearch(report, person.viewer, request.GET, timezone.localdate())
    search.form.auto_id = "reporte_%s"  # the window stands on pages with fields of their own
    return search


def _downloads(line: str, slug: str) -> tuple[Download, ...]:
    # The row limit of a PDF is said by the file itself: counting here would cost the report.
    return offered(reverse("report", args=[line, slug]).rstrip("/"), "", 0)


def _line_or_404(person: Person, line: str) -> BusinessLine:
    chosen = BusinessLine(line.upper())
    if chosen not in person.viewer.lines:
        raise Http404
    return chosen


def _of_line(person: Person, line: BusinessLine) -> list[Listing]:
    return [report for report in REPORTS[line] if report.permission(person.viewer)]


def _report_or_404(person: Person, line: str, slug: str) -> Listing:
    for report in _of_line(person, _line_or_404(person, line)):
        if report.slug == slug:
            return report
    raise Http404
