"""The typeface of the papers, also for the pages: every reader's screen has the same widths.

Served from the package ``font-source-sans-pro``, so nothing is vendored and nothing leaves the
site; only the two weights that the pages use are collected.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from corredores.papers.fonts import FOLDER

PREFIX = "web/fonts"
FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")


class TypefaceFinder(BaseFinder):
    """Finds ``web/fonts/SourceSansPro-….ttf``, as tokens.css names them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=FOLDER)
        self.storage.prefix = PREFIX  # type: ignore[attr-defined] # collectstatic reads it

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        folder, _, name = path.rpartition("/")
        known = folder == PREFIX and name in FILES
        found = [str(FOLDER / name)] if known else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """(name, storage) pairs, as collectstatic and our own fingerprint want them."""
        return ((name, self.storage) for name in FILES)
