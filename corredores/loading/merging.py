"""Staged rows into the business table: what is new, what is newer, and nothing else."""

from django.db import connection

from .answers import keep_answers
from .history import keep_history
from .issuers import keep_issuers
from .kinds import INSTALLMENTS, SETTLEMENTS, VOUCHERS
from .linking import find_lines, find_vouchers, link_lines, link_vouchers, remember_links
from .policyholders import keep_policyholders
from .reports import FileReport
from .scratch import derive
from .shape import Kind
from .verdicts import written


def merge(kind: Kind, counted: FileReport) -> None:
    """Write the new and the changed rows, and all that hangs on them."""
    if kind in (INSTALLMENTS, SETTLEMENTS):
        keep_policyholders(kind)
        find_vouchers(kind)
    if kind is INSTALLMENTS:
        keep_history()
    if kind is VOUCHERS:
        find_lines()
        remember_links()
    _upsert(kind, onto_others=counted.updated > 0)
    if kind is VOUCHERS:
        link_vouchers()
    if kind is INSTALLMENTS:
        link_lines()


def prepare(kind: Kind) -> None:
    """What the typed rows refer to, and what is known besides the file: issuers, answers."""
    if kind is VOUCHERS:
        keep_issuers()
        keep_answers()


def _upsert(kind: Kind, *, onto_others: bool) -> None:
    """Write the rows in their order. An INSERT runs in one process; making its rows in a table
    first can be the work of several. What they are sorted by stands first in each: a comparison
    would walk over all that is before it."""
    places = {f"place_{number}": it for number, it in enumerate((*kind.order, "s.row"))}
    values = {field: f"s.{field}" for field in kind.fields}
    values |= {extra.field: extra.value for extra in kind.extras}
    if kind.sealed:
        values["seal"] = "case when remarked.row is null then s.seal end"
    derive(
        "typed",
        f"""select {", ".join(f"{value} as {name}" for name, value in (places | values).items())}
            from {kind.typed_rows()} s
            left join (select distinct row from problems) remarked on remarked.row = s.row
            {kind.joins}
            where {written("s")}
            order by {", ".join(places)}""",
        joined=False,
    )
    fields = ", ".join(values)
    changed = [it for it in values if it not in kind.key or it == kind.generates]
    changes = ", ".join(f"{field} = excluded.{field}" for field in changed)
    conflict = f"on conflict ({', '.join(kind.key)}) do update set {changes}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""insert into {kind.table} ({fields}) select {fields} from typed
                {conflict if onto_others else ""}"""
        )
