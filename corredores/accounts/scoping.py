"""The first wall: the manager of business rows, which offers nothing without a viewer."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.models import QuerySet

from .viewer import Viewer

M = TypeVar("M", bound=models.Model)


class UnscopedReadError(RuntimeError):
    """Business rows were asked for without saying who is looking."""


class Scoped(models.Manager[M]):
    """Default manager of every business model: only `visible_to(viewer)`; the rest raises.

    Being the default one, whatever asks for `_default_manager` (get_object_or_404, generic
    views, form fields, schemas) raises too, instead of silently seeing all.
    """

    def visible_to(self, viewer: Viewer) -> QuerySet[M]:
        """The rows of the viewer's brokerage, of the lines the viewer may see."""
        rows: QuerySet[M] = QuerySet(self.model, using=self._db)
        if viewer.brokerage_id is None or not viewer.lines:
            return rows.none()
        rows = rows.filter(brokerage_id=viewer.brokerage_id)
        if viewer.limited_to is not None and _has_line(self.model):
            rows = rows.filter(line__in=viewer.limited_to)
        return rows

    def get_queryset(self) -> NoReturn:
        raise UnscopedReadError(
            f"{self.model.__name__}.objects needs a viewer: use .visible_to(viewer)."
        )


def _has_line(model: type[Any]) -> bool:
    return any(field.name == "line" for field in model._meta.get_fields())
