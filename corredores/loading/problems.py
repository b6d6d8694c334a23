"""One thing that is wrong with a file, and the refusal that carries some. Needs no Django."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or worth a look, with its place.

    `row` is the record's number in the file, the header being 1; None: the file as a whole.
    """

    code: str
    message: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
        }

    def __str__(self) -> str:
        place = f"registro {self.row}, " if self.row else ""
        cell = f"{self.column} «{self.value}»: " if self.column else ""
        return f"{place}{cell}{self.message} [{self.code}]"


class RefusedError(ValueError):
    """The file cannot be read as what it should be; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems
