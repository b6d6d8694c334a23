"""Which stored rows the staged ones meet, and which of them have nothing new to say.

A row is kept with a seal: a hash of its cells as they came, where there was nothing to remark.
One that comes again to the letter needs no checks, no types and no comparison.
"""

from django.db import connection

from .scratch import asked_in_order, derive, study
from .shape import Kind

_COUNTED = ("actualizado_en", "moneda", "importe")  # what a receipt says of every row


def meet(kind: Kind) -> None:
    """Make `met`: the stored row that each staged row is a version of, if there is one."""
    both = zip(kind.key, kind.known_by, strict=True)
    named = ", ".join(f"{key} as {field}" for field, key in both)
    key = " and ".join(f"t.{field} = s.{field}" for field in kind.key)
    seal = "t.seal" if kind.sealed else "null::bigint"
    _study(kind)
    # Apart first: what is sorted is then a few bytes of each row.
    with asked_in_order():
        derive(
            "met",
            f"""select s.row, t.id, t.updated_at, {seal} as seal
                from (select s.row, {named} from staged s order by {", ".join(kind.key)} offset 0) s
                join {kind.table} t on {key}""",
        )


def set_aside(kind: Kind) -> int:
    """Move rows that are in already out of `staged` to `aside`, which keeps what is counted.

    Return how many. Where a key comes twice, each of its rows stays to be looked at.
    """
    counted = ", ".join(f"s.{header}" for header in _COUNTED if kind.has(header))
    moved = derive(
        "aside",
        f"""select s.row, {counted}
            from (select *, count(*) over (partition by id) as times from met) m
            join staged s on s.row = m.row
            where m.times = 1 and s.torn is null and m.seal = {kind.seal}""",
        joined=False,
    )
    if moved:
        derive(
            "rest",
            "select * from staged s where not exists (select from aside where row = s.row)",
            joined=False,
        )
        with connection.cursor() as cursor:
            cursor.execute("drop table staged")
            cursor.execute("alter table rest rename to staged")
        _study(kind)
    return moved


def _study(kind: Kind) -> None:
    """Tell the planner of what the staged rows are joined and grouped by."""
    study("staged", "row", *kind.planned)
