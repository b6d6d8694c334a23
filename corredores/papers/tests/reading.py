"""What a PDF says, read back by another program than the one that wrote it."""

import io
import re
from typing import cast

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def text_of(pdf: bytes) -> str:
    """Return the words of all pages; runs of white space are one space."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def page_count(pdf: bytes) -> int:
    """Return how many pages it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return each font's name and whether the file carries it."""
    found: dict[str, bool] = {}
    for each in PdfReader(io.BytesIO(pdf)).pages:
        resources = cast("DictionaryObject", each["/Resources"])
        for font in cast("DictionaryObject", resources["/Font"]).values():
            descriptor = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
            embedded = any(key in descriptor for key in ("/FontFile2", "/FontFile3"))
            found[str(descriptor["/FontName"])] = embedded
    return found
