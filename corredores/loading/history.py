"""What a cuota was before a load changed its state or its amounts.

Each entry is the last version of a stretch of time in which state and amounts were the same.
A version that arrives after a newer one is put into the past, where it belongs.
"""

from django.db import connection

from .kinds import INSTALLMENTS
from .scratch import derive

_CHANGES = "installments_installmentchange"
_TRACKED = ("status", "total", "paid", "due_on", "paid_on")
_STORED = ", ".join(("installment_id", "brokerage_id", "line", "currency", *_TRACKED, "updated_at"))


def _of(alias: str) -> str:
    return ", ".join(f"{alias}.{field}" for field in _TRACKED)


def _versions(verdict: str) -> str:
    """SQL: staged rows `s` of a verdict, with the stored row `t` of each."""
    return f"""from {INSTALLMENTS.typed_rows()} s
        join verdicts d on d.row = s.row and d.verdict = '{verdict}'
        join {INSTALLMENTS.table} t on t.id = d.target_id"""


def keep_history() -> None:
    """Before the merge: store what is about to change, and what comes too late."""
    _keep_past(_versions("changed"))
    derive("late", _LATE, joined=False)
    with connection.cursor() as cursor:
        cursor.execute(_LENGTHEN)
        cursor.execute(_INSERT_LATE)


def keep_history_of_all() -> None:
    """Before a full reload: store what its temporary table is about to change."""
    _keep_past(
        f"""from pg_temp.{INSTALLMENTS.table} s join public.{INSTALLMENTS.table} t
            on t.id = s.id and t.updated_at < s.updated_at"""
    )


def _keep_past(versions: str) -> None:
    """Store what the stored rows `t` were where the newer rows `s` say something else.

    The past goes with the cuota to its new brokerage; the former sees it no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""insert into {_CHANGES} ({_STORED})
                select t.id, s.brokerage_id, s.line, t.currency, {_of("t")}, t.updated_at
                {versions}
                where (t.brokerage_id, {_of("t")}) is distinct from (s.brokerage_id, {_of("s")})"""
        )
        cursor.execute(
            f"""update {_CHANGES} c set brokerage_id = s.brokerage_id, line = s.line
                {versions}
                where c.installment_id = t.id
                  and (c.brokerage_id, c.line) is distinct from (s.brokerage_id, s.line)"""
        )


# Versions that came too late, where they differ from what followed them; and the entry before,
# if it says the same: its stretch then only lasted longer.
_LATE = f"""
    select t.id as installment_id, t.brokerage_id, t.line, s.currency, {_of("s")}, s.updated_at,
           case when ({_of("s")}) is not distinct from ({_of("older")}) then older.id end as same
    {_versions("stale")}
    cross join lateral (
        select * from (
            select {_of("t")}, t.updated_at
            union all
            select {_of("c")}, c.updated_at from {_CHANGES} c
             where c.installment_id = t.id and c.updated_at > s.updated_at) n
        order by updated_at limit 1) newer
    left join lateral (
        select c.* from {_CHANGES} c
         where c.installment_id = t.id and c.updated_at <= s.updated_at
         order by c.updated_at desc limit 1) older on true
    where s.updated_at < t.updated_at and ({_of("s")}) is distinct from ({_of("newer")})
"""

_LENGTHEN = f"""
    update {_CHANGES} c set updated_at = late.updated_at from late where c.id = late.same
"""

_INSERT_LATE = f"""
    insert into {_CHANGES} ({_STORED}) select {_STORED} from late where same is null
"""
