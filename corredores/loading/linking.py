"""Which voucher a cuota or settlement leads to, and which line a voucher is of.

Both sides are kept right in whatever order the files arrive: what is merged looks for its
partners among what is there, and what was there is looked at again. Only rows that change
are written.
"""

from dataclasses import dataclass

from django.db import connection

from .kinds import INSTALLMENTS, SETTLEMENTS, VOUCHERS
from .scratch import asked_in_order, derive
from .shape import Kind
from .verdicts import written


@dataclass(frozen=True)
class Payable:
    """A table whose rows lead to a voucher, and how both name one another."""

    kind: Kind
    own: str  # our column that vouchers name
    line: str  # SQL over the typed rows `t`
    naming: str  # the voucher's column that names it
    counted: bool  # whether the row says how many vouchers it has

    @property
    def links(self) -> str:
        columns = ["voucher_id", "voucher_issued_on", "voucher_issuer_id"]
        return ", ".join(columns + ["voucher_count"] * self.counted)


PAYABLES = (
    Payable(INSTALLMENTS, "external_id", "t.line", "installment_external_id", counted=True),
    Payable(SETTLEMENTS, "number", "'VIDA'", "settlement_number", counted=False),
)


def find_vouchers(kind: Kind) -> None:
    """Make `links`: the voucher of each staged cuota or settlement, by row number."""
    payable = next(payable for payable in PAYABLES if payable.kind is kind)
    # Read several times, a few bytes of each row, in the order in which vouchers are found.
    derive(
        "asking",
        f"""select t.row as ref, t.{payable.own} as own, {payable.line} as line,
                   t.brokerage_id, t.voucher_type, t.voucher_number
            from {kind.typed_rows()} t where {written("t")}
            order by t.brokerage_id, t.voucher_number""",
    )
    # Most new rows are named by no voucher yet: the index tells, and no voucher is read.
    with asked_in_order():
        derive(
            "named",
            f"""select * from (select * from asking order by own offset 0) r where exists (
                    select from vouchers_voucher v
                    where v.{payable.naming} = r.own and v.{payable.naming} <> '')""",
        )
    derive("links", _best(payable, "asking", "named"))


def find_lines() -> None:
    """Make `voucher_lines`: the line of each staged voucher, '' while nothing tells it."""
    derive("voucher_lines", f"select v.row, {_LINE} as line from {VOUCHERS.typed_rows()} v")


def remember_links() -> None:
    """Make `touched`: what the vouchers that are about to change lead from until now."""
    derive(
        "touched",
        "select v.* from vouchers_voucher v join verdicts d on d.target_id = v.id "
        "where d.verdict = 'changed'",
    )


def link_vouchers() -> None:
    """After vouchers were merged: look again at each cuota and settlement they concern."""
    concerned = f"""
        (select brokerage_id, type, full_number, installment_external_id, settlement_number
           from touched
         union
         select v.brokerage_id, v.type, v.full_number, v.installment_external_id,
                v.settlement_number
           from {VOUCHERS.typed_rows()} s
           join vouchers_voucher v on (v.issuer_id, v.type, v.series, v.number)
                                    = (s.issuer_id, s.type, s.series, s.number)
          where {written("s")})"""
    with connection.cursor() as cursor:
        for payable in PAYABLES:
            cursor.execute(_relink(payable, concerned))


def link_lines() -> None:
    """After cuotas were merged: give their vouchers the line. Only those that change."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""update vouchers_voucher v set line = r.line, {_same(VOUCHERS, "v")}
                from named r
                where v.installment_external_id = r.own and v.installment_external_id <> ''
                  and v.line <> r.line"""
        )
        cursor.execute(
            f"""update vouchers_voucher v set line = {_LINE}, {_same(VOUCHERS, "v")}
                where v.installment_external_id = '' and v.settlement_number = ''
                  and v.policy_number <> ''
                  and (v.brokerage_id, v.policy_number) in (
                      select s.brokerage_id, s.policy_number from {INSTALLMENTS.typed_rows()} s
                      where {written("s")})
                  and v.line <> {_LINE}"""
        )


def _same(kind: Kind, alias: str) -> str:
    return f"{kind.generates} = {alias}.{kind.generates}"


# The line of a voucher `v`: its cuota's, else Life when it names a settlement, else the
# policy's in that brokerage, if all its cuotas are of one line.
_LINE = """coalesce(
    (select i.line from installments_installment i
      where i.external_id = v.installment_external_id and v.installment_external_id <> ''),
    case when v.settlement_number <> '' then 'VIDA' end,
    (select min(i.line) from installments_installment i
      where v.policy_number <> '' and i.brokerage_id = v.brokerage_id
        and i.policy_number = v.policy_number
     having count(distinct i.line) = 1),
    '')"""


def _best(payable: Payable, rows: str, named: str) -> str:
    """SQL: the voucher that each of `rows` (ref, own, brokerage…) leads to, and their number;
    `named` are at least those of them that a voucher names.

    A number that the row states leads to that voucher and to no other. A row that states
    none leads to a voucher that names it: not a note, if there is a choice; the newest.
    """
    return f"""
        select distinct on (ref) ref,
               case when stated or voucher_number = '' then id end as voucher_id,
               case when stated or voucher_number = '' then issued_on end as issued_on,
               case when stated or voucher_number = '' then issuer_id end as issuer_id,
               count(*) over (partition by ref) as vouchers
        from (select r.ref, r.voucher_number, true as stated, v.id, v.type, v.issued_on, v.issuer_id
                from {rows} r join vouchers_voucher v
                  on v.brokerage_id = r.brokerage_id and v.full_number = r.voucher_number
                 and v.type = r.voucher_type
              union all
              select r.ref, r.voucher_number, false, v.id, v.type, v.issued_on, v.issuer_id
                from {named} r join vouchers_voucher v
                  on v.{payable.naming} = r.own and v.{payable.naming} <> ''
                 and v.brokerage_id = r.brokerage_id
                 and not (v.full_number = r.voucher_number and v.type = r.voucher_type)) c
        order by ref, stated desc, type in ('07', '08'), issued_on desc, id desc"""


def _relink(payable: Payable, concerned: str) -> str:
    rows = f"""
        (select t.id as ref, t.{payable.own} as own, t.brokerage_id, t.voucher_type,
                t.voucher_number
           from {payable.kind.table} t join {concerned} c
             on c.{payable.naming} = t.{payable.own} and c.{payable.naming} <> ''
          union
         select t.id, t.{payable.own}, t.brokerage_id, t.voucher_type, t.voucher_number
           from {payable.kind.table} t join {concerned} c
             on t.brokerage_id = c.brokerage_id and t.voucher_number = c.full_number
            and t.voucher_type = c.type)"""
    found = "b.voucher_id, b.issued_on, b.issuer_id" + ", coalesce(b.vouchers, 0)" * payable.counted
    stored = ", ".join(f"t.{column}" for column in payable.links.split(", "))
    return f"""
        update {payable.kind.table} t
        set ({payable.links}) = row({found}), {_same(payable.kind, "t")}
        from {rows} r left join ({_best(payable, rows, rows)}) b on b.ref = r.ref
        where t.id = r.ref and ({stored}) is distinct from ({found})"""
