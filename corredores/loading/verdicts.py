"""What becomes of each staged row: new, changed, same or stale."""

from django.db import connection

from .reports import FileReport
from .scratch import derive
from .shape import Kind


def classify(kind: Kind, report: FileReport) -> None:
    """Make `verdicts` of the staged rows that met a stored one, and count them; others are new.

    Two contents with the same `actualizado_en` are told apart by their text, so that the
    same one stays whatever came first.
    """
    stored, stated = _content(kind, "t"), _content(kind, "s")
    derive(
        "verdicts",
        f"""select s.row, m.id as target_id, case
                when m.updated_at is null or s.updated_at > m.updated_at then 'changed'
                when s.updated_at < m.updated_at then 'stale'
                else 'tie' end as verdict
            from met m join {kind.typed_rows()} s on s.row = m.row""",
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
        cursor.execute(
            """select 'staged', count(*) from staged
               union all select verdict, count(*) from verdicts group by 1"""
        )
        counts = dict(cursor.fetchall())
    staged, report.updated = counts.pop("staged"), counts.get("changed", 0)
    report.inserted = staged - sum(counts.values())
    report.unchanged += counts.get("same", 0)
    report.stale = counts.get("stale", 0)


def written(row: str) -> str:
    """SQL: whether the staged row of this alias is new or changed. Most are, so the others are
    looked for."""
    return (
        f"not exists (select from verdicts where verdicts.row = {row}.row "
        "and verdicts.verdict in ('same', 'stale'))"
    )


def _content(kind: Kind, alias: str) -> str:
    return ", ".join(f"{alias}.{field}" for field in kind.fields)
