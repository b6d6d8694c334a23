"""Receipts: writing them, and knowing a content that is already in."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from .models import Outcome, Receipt
from .reports import FileReport
from .shape import FORMAT, Kind
from .source import content_hash


def known_content(path: Path) -> Receipt | None:
    """The receipt of the same bytes, if they are in already.

    Loading them again could change nothing, as the newest row wins and all these are in.
    The file is only read when one of the same size is known.
    """
    same_size = Receipt.objects.filter(size=path.stat().st_size, outcome=Outcome.LOADED)
    if not same_size.exists():
        return None
    return same_size.filter(content_hash=salted(content_hash(path))).first()


def forget_contents(kinds: Iterable[Kind]) -> None:
    """From now on no earlier file of these kinds counts as one that is in."""
    known = Receipt.objects.filter(kind__in=[kind.name for kind in kinds]).exclude(content_hash="")
    known.update(content_hash=Concat(Value("0:"), Substr("content_hash", len(str(FORMAT)) + 2)))


def salted(digest: str) -> str:
    """The hash that a receipt keeps: of the content, as this version reads it."""
    return f"{FORMAT}:{digest}"[:64]


def write_receipt(path: Path, report: FileReport, loaded_by: str, **facts: Any) -> Receipt:
    """Keep what a load did. `facts`: content_hash, newest, sums, where they are known."""
    listed = {"errors": report.errors, "warnings": report.warnings}
    return Receipt.objects.create(
        file=path.name[:255],
        kind=report.kind,
        outcome=report.outcome,
        size=path.stat().st_size,
        rows=report.rows,
        inserted=report.inserted,
        updated=report.updated,
        unchanged=report.unchanged,
        stale=report.stale,
        warnings=report.warning_count,
        errors=report.error_count,
        problems={name: [p.as_json() for p in found] for name, found in listed.items() if found},
        rejected=report.reject_file,
        seconds=report.seconds,
        loaded_by=loaded_by[:150],
        **facts,
    )


def staged_facts(kind: Kind) -> dict[str, Any]:
    """What the staged rows say of themselves: the newest moment, sums per currency."""
    said = "moneda, importe" if kind.has("moneda") else "null as moneda, '0' as importe"
    with connection.cursor() as cursor:
        # Those that were set aside are in the file as well.
        cursor.execute(
            f"""select moneda, count(*), sum(importe::numeric), max(actualizado_en::timestamptz)
                from (select {said}, actualizado_en from staged
                      union all select {said}, actualizado_en from aside) s group by 1"""
        )
        rows = cursor.fetchall()
    newest: datetime | None = max((moment for *_sums, moment in rows), default=None)
    sums = {
        currency: {"filas": count, "importe": str(total)}
        for currency, count, total, _moment in rows
        if currency
    }
    return {"newest": newest, "sums": sums}
