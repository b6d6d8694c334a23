"""A ZIP is a folder: its members are files like those of one, each with a report of its own."""

import json
from pathlib import Path

from .discovery import ENDINGS
from .problems import Problem, RefusedError
from .reports import FileReport
from .sandbox.apart import run

ENDING = ".zip"


def unpacked(path: Path, workroom: Path) -> dict[Path, FileReport]:
    """The members of a ZIP, unpacked below `workroom`; the ZIP itself, where it is refused."""
    room = workroom / f"zip-{len(list(workroom.iterdir()))}"
    room.mkdir()
    order, out, members = room / "order", room / "members", room / "files"
    members.mkdir()
    said = {"archive": str(path.resolve()), "folder": str(members), "endings": sorted(ENDINGS)}
    order.write_text(json.dumps(said))
    try:
        run("archive", order, out)
    except RefusedError as refusal:
        report = FileReport(str(path))
        report.refuse(*refusal.problems)
        return {path: report}
    found = [json.loads(line) for line in out.read_text().splitlines()]
    reports = {Path(m["path"]): FileReport(f"{path}/{m['name']}") for m in found}
    for member, report in reports.items():
        if member.suffix.lower() == ENDING:
            report.refuse(Problem("zip_anidado", "un ZIP dentro de otro no se lee"))
    return reports or {path: _empty(path)}


def _empty(path: Path) -> FileReport:
    report = FileReport(str(path))
    report.warn(Problem("sin_filas", "el ZIP no tiene archivos que se lean"))
    return report
