"""A query of the ORM put together once and run often.

Putting one together costs more than PostgreSQL takes to answer it: Django resolves every
annotation, and the client writes every parameter into the text. Both depend on the question
alone, never on the data.
"""

import re
import time
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models, router
from django.db.models import QuerySet

from .cells import values_of
from .postgresql.base import DatabaseWrapper, connection_to
from .viewing import Sight, sight

Row = tuple[Any, ...]
_SLOT = "\x1f{}\x1f"  # stands in no text of ours
_SLOTS = re.compile("'\x1f(\\d+)\x1f'")
_ANSWERS = 1_024  # remembered per process
_MINUTE = 60


class Statement:
    """The finished text of a `values_list` query. Threads may share it; it holds no connection.

    slots: values in `rows` that stand for those that each `fetch` gives, in the same order.
    """

    def __init__(self, rows: QuerySet[Any, Any], *slots: object) -> None:
        self._model: type[models.Model] = rows.model
        self.text, self._slots = "", len(slots)
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # a reader who may see nothing: there is nothing to ask
            return
        given = list(parameters)
        for number, slot in enumerate(slots):
            given[given.index(slot)] = _SLOT.format(number)
        self.text = compiler.connection.ops.compose_sql(sql, given)
        self._pieces = _SLOTS.split(self.text)
        selected = [chosen[0] for chosen in compiler.select[: compiler.col_count]]
        self._converters = _needed(compiler.get_converters(selected))

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and other.text == self.text

    def fetch(self, *values: object) -> list[Row]:
        """Every row, as tuples; `values` for the slots. Raises what the database raises."""
        if not self.text:
            return []
        connection = self._connection(len(values))
        rows = connection.ask(self._filled(connection, values))
        return [self._converted(row, connection) for row in rows] if self._converters else rows

    def texts(self) -> list[Row]:
        """Every row, its values as PostgreSQL writes them; of a statement without slots."""
        if not self.text:
            return []
        connection = self._connection(0)
        return [*map(values_of, connection.lines(self.text))]

    def remembered(self) -> list[Row]:
        """`fetch`, asked once by all who see the same rows, until a load may have changed them.

        What else may change them (the terms of products) holds within a minute. For few rows
        that cost much: the answer is kept, and not to be changed by who reads it.
        """
        seen = sight()
        if seen is None or seen[-1] is None or self._slots:
            return self.fetch()
        return _answer(self, seen, int(time.monotonic() / _MINUTE))

    def _connection(self, given: int) -> DatabaseWrapper:
        if given != self._slots:
            raise TypeError(f"{self._slots} values are asked for, not {given}")
        return connection_to(router.db_for_read(self._model))

    def _filled(self, connection: DatabaseWrapper, values: tuple[object, ...]) -> str:
        """Between the pieces of the text stand the numbers of the slots."""
        if not values:
            return self.text
        filled = [*self._pieces]
        filled[1::2] = connection.literals(values[int(slot)] for slot in filled[1::2])
        return "".join(filled)

    def _converted(self, row: Row, connection: Any) -> Row:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)


def _needed(found: dict[int, Any]) -> list[tuple[int, Any]]:
    """Without those that make a number a number of its field's type: psycopg's already are."""
    needed = [
        (
            place,
            [it for it in converters if it is not expression.__dict__.get("convert_value")],
            expression,
        )
        for place, (converters, expression) in found.items()
    ]
    return [
        (place, (converters, expression)) for place, converters, expression in needed if converters
    ]


@lru_cache(_ANSWERS)
def _answer(statement: Statement, _seen: Sight, _minute: int) -> list[Row]:
    return statement.fetch()


def forget() -> None:
    """Ask everything again: for tests, and for measurements of what is asked."""
    _answer.cache_clear()
