"""What is wrong with the staged cells and rows, found by the database over the whole file."""

from django.db import connection

from .documents import check_documents
from .messages import sentence
from .problems import Problem
from .reports import LISTED, FileReport
from .scratch import define, derive
from .shape import Kind, Rule
from .source import Observed

_LONGEST_VALUE = 200


# What a cell must not have, and what shows that its text was read in a wrong encoding.
_CONTROL = r"'[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]'"
_GARBLED = r"'\u00c3[\u00a0-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]'"


def check(kind: Kind, seen: Observed) -> None:
    """Make the table `problems`: everything that is wrong with `staged`, or worth a look."""
    _create()
    if suspected := _suspect(kind):
        _check_records()
        _check_cells(kind)
    if seen.control:
        _check_texts(kind, _CONTROL, "control", warning=False)
    if seen.garbled:
        _check_texts(kind, _GARBLED, "texto_dudoso", warning=True)
    if suspected:
        _check_rules(kind)
    _check_repeats(kind)
    _check_references(kind)
    check_documents(kind)


def _create() -> None:
    define(
        "problems",
        "row bigint, header text not null default '', value text, code text, "
        "warning boolean not null default false, message text not null default ''",
    )


def _suspect(kind: Kind) -> int:
    """Make `suspects`: the rows in which something may be wrong, in one pass over all; how many.

    Rules are asked of rows whose cells are beyond doubt, as others may not have their types.
    """
    broken = " or ".join(f"({rule.broken})" for rule in kind.rules) or "false"
    return derive(
        "suspects",
        f"""select s.* from staged s
            where case when s.torn is not null or ({kind.doubt}) then true else {broken} end""",
        joined=False,
    )


def _check_records() -> None:
    _execute(
        """insert into problems (row, code, message)
           select row, split_part(torn, ' ', 1), substr(torn, strpos(torn, ' ') + 1)
           from suspects where torn is not null"""
    )


def _check_cells(kind: Kind) -> None:
    """The cells of a record that is torn in itself are not judged."""
    cells = ", ".join(f"('{c.header}', {c.staged}, {c.problem})" for c in kind.columns)
    _execute(
        f"""insert into problems (row, header, value, code)
            select s.row, cell.header, cell.value, cell.code
            from suspects s cross join lateral (values {cells}) cell (header, value, code)
            where s.torn is null and cell.code is not null"""
    )


def _check_texts(kind: Kind, regex: str, code: str, *, warning: bool) -> None:
    cells = ", ".join(f"('{c.header}', {c.staged})" for c in kind.columns)
    _execute(
        f"""insert into problems (row, header, value, code, warning)
            select s.row, cell.header, cell.value, '{code}', {warning}
            from staged s cross join lateral (values {cells}) cell (header, value)
            where cell.value ~ {regex}"""
    )


def _check_rules(kind: Kind) -> None:
    if not kind.rules:
        return
    guarded = _any_errors()
    conditions = [_condition(rule, guarded) for rule in kind.rules]
    rules = ", ".join(
        f"('{rule.column}', s.{rule.column}, '{rule.code}', '{rule.message}', "
        f"{rule.warning}, {condition})"
        for rule, condition in zip(kind.rules, conditions, strict=True)
    )
    _execute(
        f"""insert into problems (row, header, value, code, message, warning)
            select s.row, rule.header, rule.value, rule.code, rule.message, rule.warning
            from suspects s cross join lateral
                 (values {rules}) rule (header, value, code, message, warning, broken)
            where ({" or ".join(conditions)}) and rule.broken"""
    )


def _condition(rule: Rule, guarded: bool) -> str:
    """The rule's condition; where the record or a cell it reads is bad, it is not asked."""
    if not guarded:
        return f"({rule.broken})"
    read = ", ".join(f"'{header}'" for header in rule.reads)
    return (
        "case when s.torn is null and not exists (select from problems p where p.row = s.row "
        f"and p.header in ({read})) then {rule.broken} end"
    )


def _check_repeats(kind: Kind) -> None:
    """The same key twice: the same cells once more are left out, others are an error."""
    key = ", ".join(kind.identity)
    named = " and ".join(f"{part} is not null" for part in kind.identity)
    cells = ", ".join(column.staged for column in kind.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select 1 from staged s where {named} group by {key} having count(*) > 1 limit 1"
        )
        if cursor.fetchone() is None:
            return
    _execute(
        f"""insert into problems (row, header, value, code, warning)
            select row, '{kind.columns[0].header}', shown,
                   case when same then 'repetido' else 'duplicado' end, same
            from (select s.row, {kind.identity[-1]} as shown,
                         row_number() over w as place,
                         row({cells})::text = first_value(row({cells})::text) over w as same
                  from staged s where {named} window w as (partition by {key} order by s.row)) r
            where place > 1"""
    )
    _execute("delete from staged s using problems p where p.row = s.row and p.code = 'repetido'")


def _check_references(kind: Kind) -> None:
    for reference in kind.references:
        unknown = " and ".join(f"not exists ({query})" for query in reference.known)
        _execute(
            f"""insert into problems (row, header, value, code, message, warning)
                select s.row, '{reference.column}', s.{reference.column}, 'referencia',
                       '{reference.message}', true
                from staged s where s.{reference.column} is not null and {unknown}"""
        )


def report_problems(kind: Kind, report: FileReport) -> None:
    """Put the problems into the report, the first ones in full."""
    with connection.cursor() as cursor:
        for warning in (False, True):
            cursor.execute(
                "select row, header, left(value, %s), code, message from problems "
                "where warning = %s order by row, header limit %s",
                [_LONGEST_VALUE, warning, LISTED],
            )
            problems = [
                Problem(code, message or sentence(kind, header, code), row, header, value or "")
                for row, header, value, code, message in cursor.fetchall()
            ]
            cursor.execute("select count(*) from problems where warning = %s", [warning])
            report.note(problems, (cursor.fetchone() or (0,))[0], warning=warning)


def _any_errors() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from problems where not warning)")
        row = cursor.fetchone()
    return bool(row and row[0])


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
