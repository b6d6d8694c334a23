"""What a load says of each file: to the caller, on the command line and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .models import Outcome
from .problems import Problem

LISTED = 1000  # problems in an answer; the rest stands in the reject file


@dataclass
class FileReport:
    """What one file did, or why it did nothing. `seconds` is the time it took."""

    file: str
    kind: str = ""
    rows: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    stale: int = 0
    warnings: list[Problem] = field(default_factory=list)
    warning_count: int = 0
    errors: list[Problem] = field(default_factory=list)
    error_count: int = 0
    seconds: float = 0.0
    already_in: bool = False  # the same content was loaded before
    reject_file: str = ""  # name in the storage

    @property
    def outcome(self) -> Outcome:
        if self.refused:
            return Outcome.REFUSED
        return Outcome.UNCHANGED if self.already_in else Outcome.LOADED

    @property
    def wrote(self) -> bool:
        """Whether business rows were written, so that the table should be tidied."""
        return not self.refused and self.inserted + self.updated > 0

    @property
    def refused(self) -> bool:
        return self.error_count > 0

    def refuse(self, *problems: Problem) -> None:
        self.note(problems, len(problems), warning=False)

    def warn(self, *problems: Problem) -> None:
        self.note(problems, len(problems), warning=True)

    def take_back(self, *problems: Problem) -> None:
        """Refuse what had gone well: nothing of it was kept."""
        self.inserted = self.updated = self.unchanged = self.stale = 0
        self.refuse(*problems)

    def note(self, problems: Sequence[Problem], count: int, *, warning: bool) -> None:
        """List the first of `count` problems, up to the limit."""
        listed = self.warnings if warning else self.errors
        listed.extend(problems[: LISTED - len(listed)])
        if warning:
            self.warning_count += count
        else:
            self.error_count += count

    def as_json(self) -> dict[str, Any]:
        """The object of `--json` (formats.md §2)."""
        return {
            "file": self.file,
            "kind": self.kind,
            "rows": self.rows,
            "inserted": self.inserted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "stale": self.stale,
            "warnings": [problem.as_json() for problem in self.warnings],
            "errors": [problem.as_json() for problem in self.errors],
            "error_count": self.error_count,
            "seconds": round(self.seconds, 3),
        }
