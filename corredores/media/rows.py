"""Rows of a file, many at once: a column of all of them at a time, then one template for all.

That is several times faster than row by row: per cell nothing of Python's runs but what its
column needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .cells import Filling


@dataclass(frozen=True)
class RowWriter:
    """`start` cell `between` cell … `end`, of each row.

    columns: of each, the place of its text among the `width` texts of a row, and its filling.
    """

    columns: Sequence[tuple[int, Filling]]
    width: int
    start: bytes = b""
    between: bytes = b""
    end: bytes = b""

    def __call__(self, texts: list[bytes]) -> bytes:
        """The rows whose texts come one after another."""
        step, rows = len(self.columns), len(texts) // self.width
        filled = [b""] * (step * rows)
        frames = []
        for number, (place, fill) in enumerate(self.columns):
            frame, filled[number::step] = fill(texts[place :: self.width])
            frames.append(frame)
        row = self.start + self.between.join(frames) + self.end
        return row * rows % tuple(filled)
