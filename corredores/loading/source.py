"""A file as the rest of the loading sees it: headers, and its records as CSV for COPY."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BLOCK = 1 << 17  # bytes; small, so that the server works on one while we look at the next


@dataclass
class Observed:
    """What was seen while the records passed; the checks cost less when there is nothing."""

    padded: bool = False  # some cell has blanks around it
    control: bool = False  # some cell has a control character
    garbled: bool = False  # some text seems to have gone through Latin-1, as «Ã±» for «ñ»

    def everything(self) -> None:
        """Suppose the worst: nobody looked."""
        self.padded = self.control = self.garbled = True


class Source(Protocol):
    """One file whose records can be staged."""

    path: Path
    headers: tuple[str, ...]
    separator: str
    observed: Observed

    @property
    def content_hash(self) -> str:
        """Of the bytes that were read, once all records have been."""

    def records(self) -> Iterator[bytes]:
        """The records after the header, in whole lines, UTF-8 and NFC."""

    def lines(self) -> Iterator[bytes]:
        """The same as they stand in the file."""


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
