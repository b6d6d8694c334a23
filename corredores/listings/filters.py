"""The parameters of a list: form fields, three states of a date, and their sentences."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from .kinds import Date

ORDER, PAGE = "orden", "pagina"
LONGEST_TEXT = 200
Groups = tuple[tuple[str, tuple[str, ...]], ...]  # title and the names of its fields


@dataclass(frozen=True)
class Range:
    """Two parameters that a person reads as one: from, to."""

    start: str
    end: str
    label: str


@dataclass(frozen=True)
class Criterion:
    """One applied filter in words; a page shows it as a chip that can be taken away."""

    names: tuple[str, ...]
    label: str
    text: str


def date_field(label: str, **options: Any) -> django_filters.DateFilter:
    """A day; absent, empty and given are three states in a list with `defaults`."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    said = {"invalid": "Escribe una fecha que exista, como 24/11/2026."}
    return django_filters.DateFilter(label=label, widget=widget, error_messages=said, **options)


def text_field(label: str, **options: Any) -> django_filters.CharFilter:
    """Short text, trimmed."""
    return django_filters.CharFilter(label=label, max_length=LONGEST_TEXT, **options)


class ListingFilters(django_filters.FilterSet):
    """Base of a list's filters.

    defaults: what an absent parameter means, by name, from today's date. An empty one means
    "open": `desde=` is not the same as no `desde`.
    """

    defaults: ClassVar[Mapping[str, Callable[[dt.date], object]]] = {}
    ranges: ClassVar[tuple[Range, ...]] = ()
    groups: ClassVar[Groups] = ()

    def __init__(self, data: QueryDict, rows: QuerySet[Any], reader: Any, today: dt.date) -> None:
        self.reader, self.today = reader, today
        self.given = data
        filled = data.copy()
        for name, default in self.defaults.items():
            if name not in filled:
                filled[name] = str(default(today))
        super().__init__(filled, rows)
        self.form.order_fields([name for _title, names in self.groups for name in names])
        self.adapt(self.form.fields)

    def adapt(self, fields: dict[str, forms.Field]) -> None:
        """Fit the form to the reader (lines that may be chosen). Overridden where needed."""

    @property
    def as_of(self) -> dt.date:
        """The day that "vencida" and days past due refer to: `corte` where a list has it."""
        chosen = self.form.cleaned_data.get("corte") if self.form.is_bound else None
        return chosen or self.today

    def is_valid(self) -> bool:
        valid = bool(super().is_valid())
        for pair in self.ranges:
            start, end = (self.form.cleaned_data.get(name) for name in (pair.start, pair.end))
            if start is not None and end is not None and start > end:
                self.form.add_error(
                    pair.end, f"«Hasta» no puede ser menor que «desde»: {pair.label}."
                )
        return valid and not self.form.errors

    def misuses(self) -> Iterable[tuple[str, str]]:
        """Parameters that no filter reads, or given twice: never ignored, so never widening."""
        for name, values in self.given.lists():
            if name in (ORDER, PAGE):
                several = False
            elif name not in self.filters:
                yield name, f"«{name[:40]}» no es un filtro de esta lista."
                continue
            else:
                several = isinstance(self.filters[name], django_filters.MultipleChoiceFilter)
            if len(values) > 1 and not several:
                yield name, "Se indicó más de una vez."

    def criteria(self) -> list[Criterion]:
        """The applied filters in words, in the order of their groups."""
        chosen = {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
        }
        ranges = {name: pair for pair in self.ranges for name in (pair.start, pair.end)}
        found: dict[tuple[str, ...], Criterion] = {}
        for name, value in chosen.items():
            if pair := ranges.get(name):
                names = (pair.start, pair.end)
                found[names] = Criterion(names, pair.label, _between(*map(chosen.get, names)))
            else:
                field = self.form.fields[name]
                found[(name,)] = Criterion((name,), str(field.label), _in_words(field, value))
        return list(found.values())


def _between(start: Any, end: Any) -> str:
    if start is None:
        return f"hasta {_one(end)}"
    return f"desde {_one(start)}" if end is None else f"{_one(start)} – {_one(end)}"


def _in_words(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(choices.get(item, _one(item))) for item in values)


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "Sí" if value else "No"
    return Date().text(value) if isinstance(value, dt.date) else str(value)
