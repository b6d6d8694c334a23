"""Which files the vouchers have, and giving them those that came."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from corredores.vouchers.store import name_of

from .files import LegalFile
from .naming import Sort, VoucherName
from .reading import Reading


@dataclass(frozen=True)
class Stored:
    """A voucher of the portal, and the digests of its files; empty where there is none."""

    pk: int
    files: dict[Sort, str]


def stored(names: Iterable[VoucherName]) -> dict[VoucherName, Stored]:
    """The vouchers that are there, by name."""
    wanted = list(names)
    with connection.cursor() as cursor:
        cursor.execute(
            """select e.ruc, v.type, v.series, v.number, v.id, v.xml, v.pdf, v.cdr
               from unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
                    w (ruc, type, series, number)
               join portfolio_issuer e on e.ruc = w.ruc
               join vouchers_voucher v on v.issuer_id = e.id and v.type = w.type
                    and v.series = w.series and v.number = w.number""",
            [[getattr(name, part) for name in wanted] for part in VoucherName.__annotations__],
        )
        return {
            VoucherName(ruc, kind, series, str(number)): Stored(
                pk, dict(zip((Sort.XML, Sort.PDF, Sort.CDR), digests, strict=True))
            )
            for ruc, kind, series, number, pk, *digests in cursor.fetchall()
        }


def attach(voucher: Stored, file: LegalFile, reading: Reading) -> None:
    """Let the row name the file, with what only the file says. The answer of a CDR is the state
    of a voucher that the core still calls EMITIDO."""
    with connection.cursor() as cursor:
        if file.sort is Sort.XML:
            cursor.execute(
                "update vouchers_voucher set xml = %s, details = %s where id = %s",
                [file.digest, json.dumps(reading.details), voucher.pk],
            )
        elif file.sort is Sort.CDR:
            cursor.execute(
                """update vouchers_voucher set cdr = %(cdr)s, answer = %(answer)s,
                          status = case status when 'EMITIDO' then %(answer)s else status end,
                          seal = null
                   where id = %(id)s""",
                {"cdr": file.digest, "answer": reading.answer, "id": voucher.pk},
            )
        else:
            cursor.execute(
                "update vouchers_voucher set pdf = %s where id = %s", [file.digest, voucher.pk]
            )
    before = voucher.files[file.sort]
    file.report.inserted, file.report.updated = int(not before), int(bool(before))


def replaced(voucher: Stored, file: LegalFile) -> Iterable[str]:
    """The name in the store of the file that `file` takes the place of."""
    before = voucher.files[file.sort]
    return [name_of(file.sort, before)] if before else []
