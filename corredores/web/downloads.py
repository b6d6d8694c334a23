"""A search as a file: streamed where a cut is noticed, finished first where it is not."""

import datetime as dt
import io
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone

from corredores.database import viewing
from corredores.database.deadline import deadline
from corredores.listings import Caption, Search
from corredores.listings.caption import file_name
from corredores.listings.page import Page, overrun
from corredores.listings.pdf import write_list_pdf
from corredores.listings.texts import as_json, write_csv
from corredores.listings.xlsx import stream_xlsx

from .client import REFERENCE
from .freshness import freshness
from .middleware import FILE_SECONDS
from .person import Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
LABELS = {"xlsx": "Excel", "pdf": "PDF", "csv": "CSV"}
_STATEMENT = f"{FILE_SECONDS}s"  # a workbook's one statement lasts as long as its reader takes
_IN_MEMORY = 5_000_000  # bytes of a finished file kept off the disk
_RETRY = 15  # seconds

# Fewer than half of a process's threads: exports never starve pages.
_places = threading.BoundedSemaphore(settings.EXPORTS_AT_ONCE)
# Of those streaming, one works at a time, a piece each, so that a page waits for one at most;
# but nobody waits long for one that waits for its query.
_turn, _TURN = threading.Lock(), 0.2  # seconds
# A piece that took longer than its work tells that others want the processor or the database:
# they get three times as long.
_PAUSE = 0.05  # seconds at most


@dataclass(frozen=True)
class Download:
    """One ending of the menu; with a reason it is said, not offered."""

    ending: str
    label: str
    url: str
    disabled_reason: str | None = None


def offered(address: str, query: str, count: int) -> tuple[Download, ...]:
    """The menu for a list at `address` (without ending) with `count` rows."""
    too_many = (
        f"Hasta {settings.PDF_ROW_LIMIT:,} filas; usa Excel."
        if count > settings.PDF_ROW_LIMIT
        else None
    )
    return tuple(
        Download(
            ending, label, f"{address}.{ending}?{query}", too_many if ending == "pdf" else None
        )
        for ending, label in LABELS.items()
    )


def answer(request: HttpRequest, person: Person, search: Search, ending: str) -> HttpResponseBase:
    """The file of a search, or a clear page: 422 for bad parameters, 429 when too busy."""
    if search.problems:
        return refused(request, person, search, ending)
    if ending == "json":
        return _json(request, person, search)
    if ending == "pdf" and search.count > settings.PDF_ROW_LIMIT:
        return _too_long(request, person, search)
    caption = Caption(
        brokerage=person.brokerage_name,
        person=person.name,
        made_at=timezone.localtime(),
        data_as_of=_local(freshness()),
    )
    name = file_name(search, ending)
    if not _places.acquire(blocking=False):  # nothing may fail between here and its release
        return _busy(request, person)
    if ending == "xlsx":
        response: HttpResponseBase = StreamingHttpResponse(
            _Stream(person, lambda: stream_xlsx(search, caption)), content_type=XLSX
        )
    else:
        try:
            response = _finished(person, search, caption, ending)
        finally:
            _places.release()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Stream:
    """The body of a streamed file: its own transaction, and its place given back at the end."""

    def __init__(self, person: Person, make: Callable[[], Iterator[bytes]]) -> None:
        self._pieces, self._open = self._run(person, make), True

    def _run(self, person: Person, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        with deadline(FILE_SECONDS), viewing(person.viewer, timeout=_STATEMENT):
            yield from make()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        has_turn = _turn.acquire(timeout=_TURN)
        began, worked = time.perf_counter(), time.thread_time()
        try:
            piece = next(self._pieces)
        finally:
            if has_turn:
                _turn.release()
        waited = time.perf_counter() - began - (time.thread_time() - worked)
        time.sleep(min(3 * waited, _PAUSE))
        return piece

    def close(self) -> None:
        """Called by the server also when the client has gone, or never read a byte."""
        if self._open:
            self._open = False
            try:
                self._pieces.close()  # type: ignore[attr-defined] # a generator
            finally:  # also when the database has gone meanwhile
                _places.release()


def _finished(person: Person, search: Search, caption: Caption, ending: str) -> FileResponse:
    """CSV and PDF look whole when cut, so they are finished first and sent with their length."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        _write(file, person, search, caption, ending)
    except BaseException:
        file.close()
        raise
    length = file.tell()
    file.seek(0)
    response = FileResponse(file, content_type=TYPES[ending])
    response.headers["Content-Length"] = str(length)
    return response


def _write(file: IO[bytes], person: Person, search: Search, caption: Caption, ending: str) -> None:
    with viewing(person.viewer, timeout=_STATEMENT):
        if ending == "pdf":
            write_list_pdf(search, caption, file)
            return
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            write_csv(search, caption, text)
            text.flush()
        finally:
            text.detach()  # else it would close the file under us


def _json(request: HttpRequest, person: Person, search: Search) -> HttpResponse:
    page = Page(search, settings.PAGE_SIZE)
    if problem := overrun(search, page):
        search.problems.append(problem)
        return refused(request, person, search, "json")
    found = as_json(search, page)
    if found["siguiente"] is not None:
        found["siguiente"] = f"{request.path}?{found['siguiente']}"
    return HttpResponse(json.dumps(found, ensure_ascii=False), content_type="application/json")


def refused(request: HttpRequest, person: Person, search: Search, ending: str) -> HttpResponse:
    """422: what is wrong with the parameters. No file is made of a search with problems."""
    if ending == "json":
        errors = [
            {"parametro": problem.name, "mensaje": problem.message} for problem in search.problems
        ]
        return HttpResponse(
            json.dumps({"errores": errors}, ensure_ascii=False),
            content_type="application/json",
            status=422,
        )
    said = " ".join(f"{problem.label}: {problem.message}" for problem in search.problems)
    page = request.get_full_path().replace(f".{ending}", "/", 1)
    back = (page, "Volver a los filtros")
    return _said(request, person, 422, "No se pudo preparar el archivo", said, back)


def _too_long(request: HttpRequest, person: Person, search: Search) -> HttpResponse:
    said = (
        f"La búsqueda tiene {search.count:,} filas y un PDF llega a "
        f"{settings.PDF_ROW_LIMIT:,}. Descárgala en Excel o acota los filtros."
    )
    excel = (request.get_full_path().replace(".pdf", ".xlsx", 1), "Descargar en Excel")
    return _said(request, person, 422, "Demasiadas filas para un PDF", said, excel)


def _busy(request: HttpRequest, person: Person) -> HttpResponse:
    again = (request.get_full_path(), "Volver a intentar")
    said = "Espera unos segundos y vuelve a intentarlo."
    response = _said(request, person, 429, "Hay muchas descargas en curso", said, again)
    response.headers["Retry-After"] = str(_RETRY)
    return response


def _said(
    request: HttpRequest, person: Person, status: int, title: str, text: str, back: tuple[str, str]
) -> HttpResponse:
    """A page instead of the file: what is the matter, and `back`, the address and its words."""
    context = {"person": person, "title": title, "text": text, "back": back}
    context["reference"] = request.META.get(REFERENCE, "")
    return render(request, "message.html", context, status=status)


def _local(moment: dt.datetime | None) -> dt.datetime | None:
    return timezone.localtime(moment) if moment else None
