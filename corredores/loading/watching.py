"""A folder that others write to: what has come to rest there is loaded and put away."""

import datetime as dt
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from .actions import load_paths
from .discovery import files_in
from .faults import is_passing
from .reports import FileReport

LOADED, REFUSED = "cargados", "rechazados"
_AFTER_A_FAULT = 12  # looks to wait when the database or the disk was the trouble

State = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


def watch(folder: Path, *, loaded_by: str, seconds: float = 5.0) -> Iterator[list[FileReport]]:
    """Look at the folder every `seconds`, for ever; yields the reports of what was loaded.

    A file has come to rest when two looks in a row find it alike. It is then put into
    `cargados/<day>`, or into `rechazados/<day>` with its reasons and its refused rows beside it.
    What failed for the database's or the disk's sake stays and is tried again.
    Raises FileNotFoundError for a folder that does not exist.
    """
    before: dict[Path, State] = {}
    while True:
        now = _look(folder)
        resting = [path for path, state in now.items() if before.get(path) == state]
        faults = False
        if resting:
            reports = load_paths(resting, loaded_by=loaded_by)
            faults = not _put_away(folder, resting, reports)
            yield reports
        before = now
        time.sleep(seconds * (_AFTER_A_FAULT if faults else 1))


def _look(folder: Path) -> dict[Path, State]:
    found = {}
    for path in files_in([folder]):
        if path.relative_to(folder).parts[0] not in (LOADED, REFUSED):
            state = path.stat()
            found[path] = (state.st_size, state.st_mtime_ns)
    return found


def _put_away(folder: Path, paths: list[Path], reports: list[FileReport]) -> bool:
    """Whether all could be put away. A ZIP has several reports: one for each of its members."""
    settled = True
    for path in paths:
        own = [r for r in reports if Path(r.file) == path or path in Path(r.file).parents]
        if any(is_passing(problem) for report in own for problem in report.errors):
            settled = False
            continue
        refused = [report for report in own if report.refused]
        place = _move(path, folder, REFUSED if refused else LOADED)
        if refused:
            _explain(place, refused)
    return settled


def _move(path: Path, folder: Path, shelf: str) -> Path:
    day = timezone.localdate().isoformat()
    target = folder / shelf / day / path.relative_to(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():  # the same name came before, today
        moment = dt.datetime.now(dt.UTC).strftime("%H%M%S%f")
        target = target.with_name(f"{target.stem}-{moment}{target.suffix}")
    shutil.move(path, target)
    return target


def _explain(place: Path, refused: list[FileReport]) -> None:
    """Beside a refused file: what `--json` says of it, and its refused rows."""
    said = [report.as_json() for report in refused]
    reasons = place.with_name(f"{place.name}.json")
    reasons.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    for number, report in enumerate(filter(lambda each: each.reject_file, refused)):
        rows = place.with_name(f"{place.stem}-rechazos{number or ''}.csv")
        with default_storage.open(report.reject_file) as kept, rows.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
