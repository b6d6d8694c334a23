"""What SUNAT answered to a voucher, where the core does not know it yet."""

from django.db import connection


def keep_answers() -> None:
    """Staged vouchers that the core calls EMITIDO, and SUNAT has answered: as it answered."""
    with connection.cursor() as cursor:
        cursor.execute(
            """update staged s set estado = v.answer
               from vouchers_voucher v join portfolio_issuer e on e.id = v.issuer_id
               where s.estado = 'EMITIDO' and v.answer <> '' and e.ruc = s.emisor_ruc
                 and v.type = s.tipo and v.series = upper(s.serie)
                 and v.number = s.numero::bigint"""
        )
