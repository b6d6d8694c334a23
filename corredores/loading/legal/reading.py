"""What the files of a batch say, as the process apart reads them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corredores.loading.problems import Problem, RefusedError
from corredores.loading.sandbox.apart import run

from .files import LegalFile


@dataclass(frozen=True)
class Reading:
    """`cells` by header and the line of each in the file, `details` and `answer`."""

    cells: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    answer: str = ""


def read(files: Sequence[LegalFile], room: Path) -> dict[Path, Reading]:
    """The readings by copy; what cannot be read is refused in its report.

    A file that kills the reader is refused, and the reader goes on with the next.
    """
    found: dict[Path, Reading] = {}
    waiting = list(files)
    while waiting:
        answers, fault = _answers(waiting, room)
        for file, said in zip(waiting, answers, strict=False):
            if "problems" in said:
                file.report.refuse(*(Problem(**problem) for problem in said["problems"]))
            else:
                found[file.copy] = Reading(**said)
        waiting = waiting[len(answers) :]
        if waiting:
            waiting.pop(0).report.refuse(*fault)
    return found


def _answers(
    files: Sequence[LegalFile], room: Path
) -> tuple[list[dict[str, Any]], Sequence[Problem]]:
    """As many answers as came, and why no more came."""
    manifest, out = room / "manifest", room / "answers"
    manifest.write_text(
        "".join(
            json.dumps({"path": str(f.copy), "sort": f.sort, "name": f.voucher.parts()}) + "\n"
            for f in files
        )
    )
    fault: Sequence[Problem] = (Problem("ilegible", "no se puede leer"),)
    try:
        run("legal", manifest, out)
    except RefusedError as refusal:
        fault = refusal.problems
    whole = out.read_text().splitlines(keepends=True)
    return [json.loads(line) for line in whole if line.endswith("\n")], fault
