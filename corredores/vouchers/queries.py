"""Reads of vouchers."""

import datetime as dt
from functools import lru_cache

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from corredores.accounts.viewer import Viewer
from corredores.database.whole import Whole

from .models import Voucher, VoucherType

_PK = -1  # slot of a statement


def vouchers_of(viewer: Viewer, as_of: dt.date) -> QuerySet[Voucher]:
    """The viewer's vouchers. Credit notes lower what is owed, so their amounts are negative."""
    del as_of  # a voucher is what it is on every day
    return Voucher.objects.visible_to(viewer).annotate(
        signed_total=Case(When(type=VoucherType.CREDIT_NOTE, then=-F("total")), default=F("total")),
        download_state=Case(
            When(issued_on__lt=F("issuer__vouchers_from"), then=Value("ANTIGUO")),
            default=Value(""),
            output_field=CharField(),
        ),
        xml_file=_kept("xml", "XML"),
        cdr_file=_kept("cdr", "CDR"),
    )


def _kept(field: str, word: str) -> Case:
    """The word for a legal file that can be downloaded, or nothing."""
    there = ~Q(**{field: ""}) & Q(issued_on__gte=F("issuer__vouchers_from"))
    return Case(When(there, then=Value(word)), default=Value(""), output_field=CharField())


def voucher_by_id(viewer: Viewer, pk: int) -> Voucher | None:
    """The viewer's voucher, or None: absent and others' look alike."""
    return _voucher(viewer).first(pk)


@lru_cache
def _voucher(viewer: Viewer) -> Whole[Voucher]:
    rows = Voucher.objects.visible_to(viewer).filter(pk=_PK)
    return Whole(rows, _PK, related=("issuer", "brokerage"))
