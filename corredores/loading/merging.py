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


def classify(kind: Kind, report: FileReport) -> None:
    """Make `verdicts`: new, changed, same or stale, for each staged row, and count them.

    Two contents with the same `actualizado_en` are told apart by their text, so that the
    same one stays whatever came first.
    """
    stored, stated = _content(kind, "t"), _content(kind, "s")
    derive(
        "verdicts",
        f"""select s.row, m.id as target_id, case
                when m.id is null then 'new'
                when m.updated_at is null or s.updated_at > m.updated_at then 'changed'
                when s.updated_at < m.updated_at then 'stale'
                else 'tie' end as verdict
            from {kind.typed_rows()} s left join met m on m.row = s.row""",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""update verdicts v set verdict = case
                    when ({stored}) is not distinct from ({stated}) then 'same'
                    when row({stored})::text collate "C" < row({stated})::text then 'changed'
                    else 'stale' end
                from {kind.typed_rows()} s, {kind.table} t
                where v.verdict = 'tie' and s.row = v.row and t.id = v.target_id"""
        )
        cursor.execute("select verdict, count(*) from verdicts group by 1")
        counts = dict(cursor.fetchall())
    report.inserted, report.updated = counts.get("new", 0), counts.get("changed", 0)
    report.unchanged += counts.get("same", 0)
    report.stale = counts.get("stale", 0)


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
    first can be the work of several."""
    values = {field: f"s.{field}" for field in kind.fields}
    values |= {extra.field: extra.value for extra in kind.extras}
    if kind.sealed:
        values["seal"] = "case when remarked.row is null then s.seal end"
    derive(
        "typed",
        f"""select {", ".join(f"{value} as {field}" for field, value in values.items())}
            from {kind.typed_rows()} s
            join verdicts v on v.row = s.row and v.verdict in ('new', 'changed')
            left join (select distinct row from problems) remarked on remarked.row = s.row
            {kind.joins}
            order by {kind.order}, s.row""",
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


def _content(kind: Kind, alias: str) -> str:
    return ", ".join(f"{alias}.{field}" for field in kind.fields)
