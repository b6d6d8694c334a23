"""What a cuota was before a load changed its state or its amounts."""

from django.db import connection

from .kinds import INSTALLMENTS

_TRACKED = ("brokerage_id", "status", "total", "paid", "due_on", "paid_on")


def keep_history() -> None:
    """Before the merge: store what is about to change, and move the past of what moves.

    The past goes with the cuota to its new brokerage; the former sees it no more.
    """
    old = ", ".join(f"t.{field}" for field in _TRACKED)
    new = ", ".join(f"s.{field}" for field in _TRACKED)
    changed = f"""from {INSTALLMENTS.typed_rows()} s
        join verdicts d on d.row = s.row and d.verdict = 'changed'
        join installments_installment t on t.id = d.target_id"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""insert into installments_installmentchange
                       (installment_id, brokerage_id, line, status, currency, total, paid,
                        due_on, paid_on, updated_at)
                select t.id, s.brokerage_id, s.line, t.status, t.currency, t.total, t.paid,
                       t.due_on, t.paid_on, t.updated_at
                {changed} where ({old}) is distinct from ({new})"""
        )
        cursor.execute(
            f"""update installments_installmentchange c
                set brokerage_id = s.brokerage_id, line = s.line {changed}
                where c.installment_id = t.id
                  and (c.brokerage_id, c.line) is distinct from (s.brokerage_id, s.line)"""
        )
