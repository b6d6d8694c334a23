"""XML without entities, without network, without document types."""

from lxml import etree

from corredores.loading.problems import Problem, RefusedError


def parsed(content: bytes, *, most: int) -> etree._Element:
    """The root of a small XML document. Raises RefusedError."""
    if len(content) > most:
        raise RefusedError(Problem("desmedido", "el documento XML es demasiado grande"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        message = f"no es un XML bien formado (línea {fault.lineno})"
        raise RefusedError(Problem("xml", message)) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise RefusedError(Problem("xml", "el XML declara un tipo de documento (DTD)"))
    return root
