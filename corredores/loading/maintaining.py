"""Each night: the covering indexes answer alone again, and rows that have drifted stand in order.

A brokerage's rows stand together, by date, when they are loaded from nothing. Updates put them
wherever there is room, and a page of 50 then reads 50 blocks. The rewrite is that of the full
reload: beside the readers, then swapped in.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from .kinds import BROKERAGES, KINDS
from .one_file import one_at_a_time
from .replacing import wait_for_a_moment
from .shape import Kind
from .twins import build, fill, finish, prepare, swap

PAYS = 3.0  # times the blocks that rows in order would take: docs/performance.md says why
_SAMPLE, _ROWS = 20, 1_000  # of the biggest brokerages, their newest rows


@dataclass(frozen=True)
class Maintained:
    """`drift`: how many times the blocks that the same rows would take in order."""

    table: str
    drift: float
    rewritten: bool


def maintain(*, rewrite_from: float = PAYS) -> list[Maintained]:
    """Vacuum every big table, and rewrite those that have drifted so far. Run as the owner."""
    found = []
    for table, kind in {it.table: it for it in KINDS if it is not BROKERAGES}.items():
        _execute(f"vacuum (analyze, truncate false) {table}")
        drift = drift_of(kind)
        if drift >= rewrite_from:
            _rewrite(kind)
            _execute(f"vacuum (analyze, truncate false) {table}")
        found.append(Maintained(table, drift, drift >= rewrite_from))
    return found


def drift_of(kind: Kind) -> float:
    """1.0 is in order. Measured on the newest rows of the biggest brokerages; 1.0 without rows."""
    _brokerage, day = kind.order
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select sum(blocks) / nullif(sum(ceil(rows / in_a_block)), 0)
                from (select brokerage_id from {kind.table} group by 1
                      order by count(*) desc limit {_SAMPLE}) biggest,
                lateral (select count(distinct (ctid::text::point)[0]) as blocks, count(*) as rows
                         from (select ctid from {kind.table} s
                               where s.brokerage_id = biggest.brokerage_id
                               order by {day} desc, id desc limit {_ROWS}) newest) seen,
                (select greatest(1, reltuples / greatest(1, relpages)) as in_a_block
                 from pg_class where oid = to_regclass('public.{kind.table}')) size"""
        )
        row = cursor.fetchone()
    return float(row[0]) if row and row[0] is not None else 1.0


def _rewrite(kind: Kind) -> None:
    table = kind.table
    with transaction.atomic():
        one_at_a_time()
        _execute(f"create temp view {table} as table public.{table}")
        prepare()
        build(table)
        fill(table, kind.order)
        _execute(f"drop view pg_temp.{table}")
        finish(table)
        _execute("set constraints all immediate")
        wait_for_a_moment(f"public.{table}")
        swap([table])


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
