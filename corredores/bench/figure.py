"""One measured figure, its reference and its goal. A figure is a cost: less is better."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """`ratio`: ours at most so many times the reference; `most`: ours at most, in its unit."""

    ratio: float | None = None
    most: float | None = None

    def text(self, unit: str) -> str:
        said = []
        if self.ratio is not None:
            # "≥ 7× faster" is a ratio of at most 1/7.
            said.append(f"≤ {self.ratio:g}×" if self.ratio >= 1 else f"≥ {1 / self.ratio:g}× less")
        if self.most is not None:
            said.append(f"≤ {self.most:g} {unit}")
        return ", ".join(said) or "-"


@dataclass(frozen=True)
class Figure:
    """`ours` and `reference` in `unit` ("ms", "s", "MB", "KB", …); no reference, no ratio."""

    name: str
    unit: str
    ours: float
    reference: float | None = None
    goal: Goal = Goal()

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def holds(self) -> bool:
        """Whether every part of the goal is reached; a ratio without a reference never is."""
        ratio = float("inf") if self.ratio is None else self.ratio
        return (self.goal.ratio is None or ratio <= self.goal.ratio) and (
            self.goal.most is None or self.ours <= self.goal.most
        )

    def as_json(self) -> str:
        """One object on one line: name, unit, ours, reference, ratio, goal, holds."""
        found = {
            "name": self.name,
            "unit": self.unit,
            "ours": _short(self.ours),
            "reference": _short(self.reference),
            "ratio": _short(self.ratio),
            "goal": self.goal.text(self.unit),
            "holds": self.holds,
        }
        return json.dumps(found, ensure_ascii=False)

    def as_text(self) -> str:
        reference = "" if self.reference is None else f"{self.reference:.4g} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}×"
        return (
            f"{self.name:<28} {f'{self.ours:.4g} {self.unit}':>12} {reference:>12} {ratio:>8}"
            f"   {self.goal.text(self.unit):<22} {'holds' if self.holds else 'DOES NOT HOLD'}"
        )


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
