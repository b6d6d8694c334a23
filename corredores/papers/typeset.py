"""Typst templates filled with data, to PDF/A-2a + PDF/UA-1.

The template sees three things and nothing else: itself and `data.json`, in memory, and the
folder of the furniture, which holds only `letterhead.typ`. Data never become markup.
"""

import datetime as dt
import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import typst

from corredores.papers.fonts import fonts
from corredores.papers.printable import printable_data

# Archives keep them (A-2a) and screen readers read them (UA-1); Typst refuses what breaks either.
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
LIMA = dt.timezone(dt.timedelta(hours=-5))  # Peru has no daylight saving time

# A file of the disk stays read where it has not changed; one in memory is read for each paper.
_FURNITURE = Path(__file__).with_name("furniture")
_one_at_a_time = threading.Lock()


class PaperError(Exception):
    """A paper that cannot be made: no template, data that it does not know, a bad picture."""


def typeset(
    template: Path,
    data: Mapping[str, object],
    *,
    title: str,
    issued: dt.date,
    watermark: str = "",
) -> bytes:
    """Return the PDF of `template` (a `.typ` file) filled with `data`.

    `data`: str, int, bool, None, lists and dicts of them; amounts and dates come as finished
    text. Pictures are `Picture`. `title` goes into the PDF's properties; `issued` is its date of
    creation, so that equal data make equal bytes. `watermark`: across each page.
    Raises PaperError.
    """
    frame = {"title": title, "watermark": watermark}
    files = _files(template, _as_json(template, {**data, "paper": frame}))
    try:
        with _one_at_a_time:
            pdf = _compiler().compile(
                files,
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=dt.datetime.combine(issued, dt.time(), LIMA),
            )
    except RuntimeError as problem:  # TypstError is one
        raise PaperError(f"{template.name}: {problem}") from problem
    return cast("bytes", pdf)


@cache
def _compiler() -> typst.Compiler:
    """One for all threads of a process: each would hold what it has learnt of the library, some
    megabytes, and a page takes a few milliseconds. Two threads in one raise `Already borrowed`."""
    return typst.Compiler(
        root=_FURNITURE, font_paths=fonts(), package_path=_FURNITURE, package_cache_path=_FURNITURE
    )


def _files(template: Path, data: bytes) -> bytes:
    """What the compiler works with. Data are a file, as a kept compiler forgets all that it has
    learnt of Typst's library where its inputs change."""
    try:
        files = {"main.typ": template.read_bytes(), "data.json": data}
    except OSError as problem:
        raise PaperError(f"no template {template}: {problem.strerror}") from problem
    return cast("bytes", files)  # the stubs do not know that several files come as a dict


def _as_json(template: Path, data: Mapping[str, object]) -> bytes:
    try:
        return json.dumps(printable_data(data), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as problem:
        raise PaperError(f"{template.name}: data must be text and numbers: {problem}") from problem
