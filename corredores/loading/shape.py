"""How a kind of file is described: once, and read by staging, checks, merge, rejects and docs."""

from dataclasses import dataclass

from .cells import Cell

# Part of every hash of a file or a row: with another number all are read anew, once.
FORMAT = 1
# The column of reasons in a reject file: known, and never read.
REASON = "motivo_rechazo"
_JOINED = (
    "codigo", "id_cuota", "numero", "codigo_corredor", "contratante_num_doc", "contratante",
    "poliza", "emisor_ruc", "serie",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a file: its Spanish header and what it is in our table.

    `field` is empty for what is not stored in the row itself (a policyholder's e-mail).
    """

    header: str
    field: str
    cell: Cell
    required: bool = False
    default: str = ""  # SQL value of an empty cell, where the cell's own is not right

    @property
    def problem(self) -> str:
        """SQL over the staged row: the code of what is wrong, or NULL."""
        found = self.cell.problem(self.staged)
        if not self.required:
            return found
        return f"case when {self.staged} is null then 'requerido' else {found} end"

    @property
    def value(self) -> str:
        """SQL over the staged row: the typed value."""
        typed = self.cell.value(self.staged)
        empty = self.default or self.cell.empty
        if self.required or empty == "null":
            return typed
        return f"case when {self.staged} is null then {empty} else {typed} end"

    @property
    def staged(self) -> str:
        return f"s.{self.header}"


@dataclass(frozen=True)
class Rule:
    """A condition between columns, in SQL over the staged row `s`, that must not be true.

    It is asked only where the columns it reads are right by themselves.
    """

    code: str
    column: str  # the header that the message points to
    broken: str
    reads: tuple[str, ...]
    message: str
    warning: bool = False


@dataclass(frozen=True)
class Reference:
    """A cell that names another row: a warning where nobody has it, as files come in any order.

    `known` are SQL queries whose rows exist for the staged row `s` when it is known.
    """

    column: str
    known: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Extra:
    """A column of ours that no file states: SQL over `s` (typed row) and the kind's joins."""

    field: str
    value: str


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    name: str
    table: str
    key: tuple[str, ...]  # our columns that name a row
    identity: tuple[str, ...]  # the same as SQL over staged text, safe for bad cells too
    known_by: tuple[str, ...]  # the key in our types, as safe
    columns: tuple[Column, ...]
    # A column of which a generated one is made. An UPDATE that sets none of those sets this one to
    # itself: PostgreSQL 18 finds out anew at each row that there is nothing to generate, and keeps
    # some 2 kB of that until the statement ends.
    generates: str = ""
    sealed: bool = True  # whether nobody but the core changes a row
    rules: tuple[Rule, ...] = ()
    references: tuple[Reference, ...] = ()
    typed: tuple[Extra, ...] = ()  # known from the staged row and `typed_joins` alone
    typed_joins: str = ""
    extras: tuple[Extra, ...] = ()  # known only when merging
    joins: str = ""
    order: tuple[str, ...] = ()  # in which its rows stand together in the table

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @property
    def planned(self) -> tuple[str, ...]:
        """Headers of what the staged rows are joined and grouped by: the planner studies them."""
        return tuple(header for header in _JOINED if self.has(header))

    @property
    def doubt(self) -> str:
        """SQL over the staged row: false or NULL only where no cell of it has a problem."""
        alike: dict[str, list[Column]] = {}
        for column in self.columns:
            alike.setdefault(column.cell.doubt([""]), []).append(column)
        missing = ", ".join(column.staged for column in self.columns if column.required)
        doubts = [
            columns[0].cell.doubt([column.staged for column in columns])
            for columns in alike.values()
        ]
        return " or ".join([f"num_nulls({missing}) > 0", *doubts])

    @property
    def required(self) -> frozenset[str]:
        return frozenset(column.header for column in self.columns if column.required)

    @property
    def fields(self) -> tuple[str, ...]:
        """Our columns that the file decides, in order."""
        stated = tuple(column.field for column in self.columns if column.field)
        return (*stated, *(extra.field for extra in self.typed))

    @property
    def seal(self) -> str:
        """SQL over the staged row: a hash of its cells as they came."""
        cells = ", ".join(column.staged for column in self.columns)
        return f"hash_record_extended(row({cells}), {FORMAT})"

    def has(self, header: str) -> bool:
        return header in self.headers

    def typed_rows(self) -> str:
        """SQL of the staged rows in our types, with their row numbers, to stand in a FROM."""
        values = [f"{column.value} as {column.field}" for column in self.columns if column.field]
        values += [f"{extra.value} as {extra.field}" for extra in self.typed]
        values += [f"{self.seal} as seal"] * self.sealed
        return f"(select s.row, {', '.join(values)} from staged s {self.typed_joins})"
