"""What a cell may hold: each kind of cell says in SQL what is wrong with it and what it means.

`cell` is an SQL expression of type text, NULL when the cell is empty. Patterns come before
`pg_input_is_valid`, which alone takes `NaN`, `1_000`, `tomorrow` and `01/02/2025` for good.

As nearly every cell is right, each kind also has a cheaper `doubt` over all its columns at once.
It may doubt what is right, such as a 29th of February, and never trusts what is wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

FIRST_DAY, LAST_DAY = "1990-01-01", "2100-12-31"


class Cell(Protocol):
    """One kind of cell."""

    @property
    def empty(self) -> str:
        """The SQL value of an absent cell."""

    @property
    def expects(self) -> str:
        """What a person should write there, in Spanish."""

    def problem(self, cell: str) -> str:
        """SQL: the code of what is wrong with the cell, NULL when it is right or empty."""

    def doubt(self, cells: Sequence[str]) -> str:
        """SQL: false or NULL only where none of the cells has a problem."""

    def value(self, cell: str) -> str:
        """SQL: the typed value of a cell that has no problem."""


class _LookedAtOneByOne:
    """Cells whose doubt is their problem."""

    def problem(self, cell: str) -> str:
        raise NotImplementedError

    def doubt(self, cells: Sequence[str]) -> str:
        return _any(f"({self.problem(cell)}) is not null" for cell in cells)


@dataclass(frozen=True)
class Text:
    """Free text or a code, at most `longest` characters."""

    longest: int
    empty: str = "''"

    @property
    def expects(self) -> str:
        return f"un texto de {self.longest} caracteres como máximo"

    def problem(self, cell: str) -> str:
        return f"case when length({cell}) > {self.longest} then 'largo' end"

    def doubt(self, cells: Sequence[str]) -> str:
        return _any(f"octet_length({cell}) > {self.longest}" for cell in cells)

    def value(self, cell: str) -> str:
        return cell


@dataclass(frozen=True)
class Pattern(_LookedAtOneByOne):
    """A short text with a fixed form."""

    regex: str
    expects: str
    code: str
    empty: str = "''"

    def problem(self, cell: str) -> str:
        return f"case when {cell} !~ '{self.regex}' then '{self.code}' end"

    def value(self, cell: str) -> str:
        return cell


@dataclass(frozen=True)
class Choice(_LookedAtOneByOne):
    """One of the core's own words."""

    values: tuple[str, ...]
    empty: str = "''"

    @property
    def expects(self) -> str:
        return "uno de " + ", ".join(self.values)

    def problem(self, cell: str) -> str:
        return f"case when {cell} not in ({quoted(self.values)}) then 'valor' end"

    def value(self, cell: str) -> str:
        return cell


@dataclass(frozen=True)
class Several(_LookedAtOneByOne):
    """Some of the core's own words, joined by `|`, as an array."""

    values: tuple[str, ...]
    empty: str = "'{}'::varchar[]"

    @property
    def expects(self) -> str:
        return "uno o varios de " + "|".join(self.values)

    def problem(self, cell: str) -> str:
        allowed = f"array[{quoted(self.values)}]"
        return f"case when not string_to_array({cell}, '|') <@ {allowed} then 'valor' end"

    def value(self, cell: str) -> str:
        words = f"unnest(string_to_array({cell}, '|'))"
        return f"array(select distinct {words} order by 1)::varchar[]"


@dataclass(frozen=True)
class Money:
    """NUMERIC(14,2) with a dot, no thousands mark; negative is a refund."""

    empty: str = "0.00"
    expects: str = "un importe como 1234.56, con dos decimales como máximo"

    def problem(self, cell: str) -> str:
        return rf"case when {cell} !~ '^-?\d{{1,12}}(\.\d{{1,2}})?$' then 'importe' end"

    def doubt(self, cells: Sequence[str]) -> str:
        long = (f"octet_length({cell}) > 12" for cell in cells)
        return _any([_none_but(r"-?\d+(\.\d\d?)?", cells), *long])

    def value(self, cell: str) -> str:
        return f"{cell}::numeric(14,2)"


@dataclass(frozen=True)
class Rate(_LookedAtOneByOne):
    """A decimal number with at most `digits` before the dot and `places` after it."""

    digits: int
    places: int
    empty: str = "null"

    @property
    def expects(self) -> str:
        return f"un número con {self.places} decimales como máximo"

    def problem(self, cell: str) -> str:
        form = rf"^-?\d{{1,{self.digits}}}(\.\d{{1,{self.places}}})?$"
        return f"case when {cell} !~ '{form}' then 'decimal' end"

    def value(self, cell: str) -> str:
        return f"{cell}::numeric({self.digits + self.places},{self.places})"


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`, both inside."""

    least: int = 0
    most: int = 32_767
    empty: str = "null"
    sql_type: str = "integer"

    @property
    def expects(self) -> str:
        return f"un número entero de {self.least} a {self.most}"

    def problem(self, cell: str) -> str:
        return (
            rf"case when {cell} !~ '^\d{{1,18}}$' then 'entero'"
            f" when {cell}::bigint not between {self.least} and {self.most} then 'entero' end"
        )

    def doubt(self, cells: Sequence[str]) -> str:
        long = (f"octet_length({cell}) >= {len(str(self.most))}" for cell in cells)
        return _any([_none_but(r"(0|[1-9]\d*)" if self.least < 1 else r"[1-9]\d*", cells), *long])

    def value(self, cell: str) -> str:
        return f"{cell}::{self.sql_type}"


# From FIRST_DAY to LAST_DAY, but for the 29th of February.
_USUAL_DAY = (
    r"(199\d|20\d\d|2100)-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"
)


@dataclass(frozen=True)
class Day:
    """A calendar day, `YYYY-MM-DD`, within a person's working life."""

    empty: str = "null"
    expects: str = f"una fecha AAAA-MM-DD entre {FIRST_DAY} y {LAST_DAY}"

    def problem(self, cell: str) -> str:
        # Text in ISO order compares like the date; up to the 28th every month has the day.
        return (
            rf"case when {cell} !~ '^\d{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$' then 'fecha'"
            f" when right({cell}, 2) > '28' and not pg_input_is_valid({cell}, 'date') then 'fecha'"
            f""" when {cell} collate "C" not between '{FIRST_DAY}' and '{LAST_DAY}'"""
            " then 'fecha_rango' end"
        )

    def doubt(self, cells: Sequence[str]) -> str:
        return _none_but(_USUAL_DAY, cells)

    def value(self, cell: str) -> str:
        return f"{cell}::date"


_MOMENT = r"^(199\d|20\d\d)-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-][01]\d(:?[0-5]\d)?)$"


@dataclass(frozen=True)
class Moment:
    """ISO 8601 with its offset: without one nobody knows when it was."""

    empty: str = "null"
    expects: str = "fecha y hora con desfase, como 2026-03-15T08:30:00-05:00"

    def problem(self, cell: str) -> str:
        return (
            f"case when {cell} !~ '{_MOMENT}' then 'fecha_hora'"
            f" when not pg_input_is_valid({cell}, 'timestamptz') then 'fecha_hora' end"
        )

    def doubt(self, cells: Sequence[str]) -> str:
        # A long pattern costs more than all of this: LIKE puts a mark beside each other place but
        # the third, so two marks in a row, or one there, are all that could stand for a digit.
        return _any(
            f"{cell} not like '20__-__-__T__:__:__-05:00' or {cell} ~ '[^0-9]{{2}}|^20[^0-9]'"
            f" or not pg_input_is_valid({cell}, 'timestamptz')"
            for cell in cells
        )

    def value(self, cell: str) -> str:
        return f"{cell}::timestamptz"


@dataclass(frozen=True)
class VoucherNumber:
    """`F001-123`; padding is dropped, so that `F001-00000123` is the same voucher."""

    empty: str = "''"
    expects: str = "serie y número como F001-123"

    def problem(self, cell: str) -> str:
        form = r"^[A-Za-z0-9]{1,20}-0*[1-9]\d{0,7}$"
        return f"case when {cell} !~ '{form}' then 'comprobante' end"

    def doubt(self, cells: Sequence[str]) -> str:
        ends = (
            f"strpos({cell}, '-') not between octet_length({cell}) - 8 and 21" for cell in cells
        )
        return _any([_none_but(r"[A-Z0-9]+-0*[1-9]\d*", cells), *ends])

    def value(self, cell: str) -> str:
        series, number = f"split_part({cell}, '-', 1)", f"split_part({cell}, '-', 2)"
        return f"upper({series}) || '-' || ltrim({number}, '0')"


def _none_but(regex: str, cells: Sequence[str]) -> str:
    """SQL: whether some cell is not of this form. One match over all of them costs least.

    They are joined by a control character, which no cell may have anyway.
    """
    return rf"concat_ws(E'\x01', {', '.join(cells)}) !~ '^({regex}(\x01|$))*$'"


def _any(conditions: Iterable[str]) -> str:
    return "(" + " or ".join(conditions) + ")"


def quoted(values: Iterable[str]) -> str:
    """SQL literals of our own constants."""
    return ", ".join(f"'{value}'" for value in values)
