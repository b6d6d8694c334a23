"""Whether the store still has every file that a voucher names, to the letter."""

from collections.abc import Iterator
from typing import NamedTuple

from corredores.vouchers.models import Voucher
from corredores.vouchers.store import MissingFileError, read

from .naming import Sort


class Missing(NamedTuple):
    """A file to be delivered again, and whose."""

    brokerage: str  # code
    voucher: str  # <RUC>-<TIPO>-<SERIE>-<NUMERO>
    sort: Sort
    reason: str


def missing() -> Iterator[Missing]:
    """Read every kept file, in the order of the vouchers. Run as the database's owner."""
    rows = Voucher.everything.exclude(xml="", pdf="", cdr="").order_by("pk")
    fields = ("brokerage__code", "issuer__ruc", "type", "series", "number", *Sort)
    for code, *name, xml, pdf, cdr in rows.values_list(*fields).iterator():
        for sort, digest in zip(Sort, (xml, pdf, cdr), strict=True):
            if reason := _fault(sort, digest):
                yield Missing(code, "-".join(map(str, name)), sort, reason)


def _fault(sort: Sort, digest: str) -> str:
    try:
        if digest:
            read(sort, digest)
    except MissingFileError as fault:
        return str(fault)
    return ""
