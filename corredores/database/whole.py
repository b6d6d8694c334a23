"""Whole objects of the ORM, with those they belong to, by a statement put together once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import models, router
from django.db.models import QuerySet

from .statement import Row, Statement

M = TypeVar("M", bound=models.Model)


class Whole(Generic[M]):
    """What `rows` finds, as objects; new ones for each who asks.

    slots: as of a `Statement`. related: names of foreign keys that come along, none of them empty.
    """

    def __init__(self, rows: QuerySet[M, M], *slots: object, related: Sequence[str] = ()) -> None:
        self._model: type[M] = rows.model
        self._related = {name: _target(rows.model, name) for name in related}
        columns = [*columns_of(rows.model)]
        for name, model in self._related.items():
            columns += [f"{name}__{column}" for column in columns_of(model)]
        self._statement = Statement(rows.values_list(*columns), *slots)

    def first(self, *values: object) -> M | None:
        """The first object, or None; `values` for the slots."""
        rows = self._statement.fetch(*values)
        return self._made(rows[0]) if rows else None

    def _made(self, row: Row) -> M:
        alias = router.db_for_read(self._model)
        made, rest = _taken(self._model, alias, row)
        for name, model in self._related.items():
            other, rest = _taken(model, alias, rest)
            setattr(made, name, other)
        return made


@lru_cache
def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The attributes that a row of the model's table fills, in their order."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def _taken(model: type[M], alias: str, row: Row) -> tuple[M, Row]:
    names = columns_of(model)
    return model.from_db(alias, names, row[: len(names)]), row[len(names) :]


def _target(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name).related_model
