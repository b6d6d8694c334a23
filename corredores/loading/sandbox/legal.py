"""Legal files one after another: each is checked, and the XML ones read, apart from all others.

In: a file of JSON lines {"path", "sort", "name": [RUC, type, series, number]}. Out, line by line
in the same order: {"cells", "lines", "details"} of an XML, {"answer"} of a CDR, {} of a PDF, or
{"problems"}. A document that kills the process leaves the answers of those before it.
"""

import json
import signal
from pathlib import Path
from typing import IO, Any

from corredores.loading.problems import Problem, RefusedError

from . import cdr, pdf, ubl
from .documents import parsed
from .limits import MOST

SECONDS = 20  # for one document; the process then ends, and the next one goes on


def write(manifest: Path, out: IO[str]) -> None:
    """Answer each document of the manifest."""
    for line in manifest.read_text().splitlines():
        signal.alarm(SECONDS)
        try:
            said = _read(**json.loads(line))
        except RefusedError as refusal:
            said = {"problems": [problem.as_json() for problem in refusal.problems]}
        out.write(json.dumps(said, ensure_ascii=True) + "\n")
        out.flush()


def _read(path: str, sort: str, name: list[str]) -> dict[str, Any]:
    file = Path(path)
    if file.stat().st_size > MOST[sort]:
        message = f"es demasiado grande: hasta {MOST[sort] >> 20} MB"
        raise RefusedError(Problem("desmedido", message))
    content = file.read_bytes()
    if sort == "pdf":
        pdf.check(content)
        return {}
    root = parsed(content, most=MOST[sort])
    if sort == "cdr":
        return {"answer": cdr.read(root, name)}
    told, details = ubl.read(root, name)
    return {"cells": told.cells, "lines": told.lines, "details": details}
