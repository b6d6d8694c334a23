"""Reads of vouchers."""

import datetime as dt

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from corredores.accounts.viewer import Viewer

from .models import Voucher, VoucherType


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
    rows = Voucher.objects.visible_to(viewer).select_related("issuer", "brokerage")
    return rows.filter(pk=pk).first()
