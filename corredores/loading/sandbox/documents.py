"""XML without entities, without network, without document types, and not too deep."""

import codecs

from lxml import etree

from corredores.loading.problems import Problem, RefusedError

MOST_ELEMENTS = 50_000
DEEPEST = 60
LONGEST_ATTRIBUTE = 10_000
# SUNAT's own documents come in UTF-8 and in Latin-1: an XML document says which one it is in.
ENCODINGS = frozenset({"utf-8", "iso-8859-1", "us-ascii", "windows-1252"})


class _Guard:
    """Watches a document go by before a tree of it is built in memory."""

    def __init__(self) -> None:
        self._elements = self._depth = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS or self._depth > DEEPEST:
            message = f"tiene más de {MOST_ELEMENTS:,} elementos o de {DEEPEST} niveles"
            raise RefusedError(Problem("desmedido", message))
        if any(len(value) > LONGEST_ATTRIBUTE for value in attrib.values()):
            raise RefusedError(Problem("desmedido", "tiene un atributo demasiado largo"))

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1

    def data(self, data: str | bytes) -> None:
        """Texts are read from the tree."""

    def comment(self, text: str | bytes) -> None:
        """Says nothing."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise RefusedError(Problem("xml", "el XML declara un tipo de documento (DTD)"))

    def close(self) -> None:
        """Nothing is kept."""


def parsed(content: bytes, *, most: int) -> etree._Element:
    """The root of a small XML document. Raises RefusedError."""
    if len(content) > most:
        raise RefusedError(Problem("desmedido", "el documento XML es demasiado grande"))
    if not content.strip():
        raise RefusedError(Problem("vacio", "el archivo está vacío"))
    try:
        etree.fromstring(content, _parser(_Guard()))
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as fault:
        message = f"no es un XML bien formado (línea {fault.lineno})"
        raise RefusedError(Problem("xml", message, fault.lineno)) from None
    except (LookupError, ValueError) as fault:
        if isinstance(fault, RefusedError):
            raise
        raise RefusedError(Problem("xml", "no es un XML que se pueda leer")) from None
    wide = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "UTF-16" if wide else root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.lower() not in ENCODINGS:
        message = "el XML está en una codificación que no se lee; use UTF-8"
        raise RefusedError(Problem("codificacion", message, 1, value=encoding))
    return root


def _parser(target: _Guard | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
