"""What an XML document tells, cell by cell, with the line of each: messages can name the place."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from corredores.loading.problems import Problem, RefusedError

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
EXT = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
DS = "http://www.w3.org/2000/09/xmldsig#"
NAMESPACES = {"cac": CAC, "cbc": CBC, "ext": EXT, "ds": DS}


def find(start: etree._Element | None, *paths: str) -> etree._Element | None:
    """The first element that one of the paths leads to, and that says something."""
    for element in () if start is None else (e for p in paths for e in all_of(start, p)):
        if len(element) or text_of(element):
            return element
    return None


def all_of(start: etree._Element, path: str) -> Iterator[etree._Element]:
    return start.iterfind(path, NAMESPACES)


def text_of(element: etree._Element | None) -> str:
    """The element's text, trimmed and in NFC; empty where there is none."""
    said = "" if element is None else element.text or ""
    return unicodedata.normalize("NFC", str(said).strip())


def line_of(element: Any) -> int:
    """Where it stands in the file; the first line is 1."""
    return element.sourceline or 1


@dataclass
class Told:
    """Cells by header, the line each was read at, and what is wrong so far."""

    cells: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, header: str, element: etree._Element | None, text: str | None = None) -> None:
        """Keep an element's text, or `text` which stands there, as the cell of `header`."""
        self.cells[header] = text_of(element) if text is None else text
        if element is not None:
            self.lines[header] = line_of(element)

    def wrong(self, header: str, code: str, message: str) -> None:
        """What cannot be read on, with its place."""
        value = self.cells.get(header, "")
        line = self.lines.get(header, 1)
        self.problems.append(Problem(code, message, line, header, value[:200]))

    def must_be(self, header: str, expected: str, message: str) -> None:
        """The file's name says `expected`; the document must say the same."""
        if self.cells.get(header, "") != expected:
            self.wrong(header, "nombre", message.format(expected))

    def refuse_wrong(self) -> None:
        """Raise RefusedError if something was wrong."""
        if self.problems:
            raise RefusedError(*self.problems)


def root_of(root: etree._Element, kinds: Mapping[str, object], what: str) -> str:
    """The qualified name of the root, if it is one of `kinds`. Raises RefusedError."""
    name = str(root.tag)
    if name in kinds:
        return name
    local = etree.QName(root).localname
    if local in {etree.QName(kind).localname for kind in kinds}:
        message = f"el espacio de nombres de {local} no es el de UBL 2.1"
    else:
        message = f"no es {what}"
    raise RefusedError(Problem("documento", message, line_of(root), value=name[:200]))
