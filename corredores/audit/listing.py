"""The trail as a list: searched, paged and exported like any other."""

import datetime as dt
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from corredores.listings import Choice, Column, Integer, Listing, ListingFilters, Text
from corredores.listings.filters import Groups, Range, date_field, text_field

from .models import Action, Event
from .queries import Auditor, events_of, shown_to_somebody

_DEFAULT_DAYS = 7


class Moment(Func):
    """A timestamp as text, in Lima: lists have no kind for the time of day."""

    function = "to_char"
    template = "to_char(%(expressions)s at time zone 'America/Lima', 'DD/MM/YYYY HH24:MI:SS')"
    output_field = CharField()


def _week_before(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=_DEFAULT_DAYS - 1)


def _same_day(today: dt.date) -> dt.date:
    return today


class EventFilters(ListingFilters):
    """`documento` finds who was shown the data of the person with that number."""

    desde = date_field("Desde", method="from_day")
    hasta = date_field("Hasta", method="to_day")
    documento = text_field(
        "Nº de documento de la persona", method="by_document",
        help_text="Quién vio sus datos: páginas, documentos y archivos que la mostraron.",
    )  # fmt: skip
    listas = django_filters.ChoiceFilter(
        label="Archivos muy largos", choices=(("si", "Incluir los que pudieron contenerla"),),
        empty_label="Solo lo comprobado", method="ignored",
    )  # fmt: skip
    usuario = text_field("Usuario", field_name="username", lookup_expr="icontains")
    accion = django_filters.MultipleChoiceFilter(
        label="Acción", choices=Action.choices, field_name="action",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    corredora = text_field("Corredora", field_name="brokerage_name", lookup_expr="icontains")
    objeto = text_field("Objeto", field_name="object", lookup_expr="icontains")
    direccion = text_field("Dirección", field_name="address")
    referencia = text_field("Referencia", field_name="reference", lookup_expr="iexact")

    defaults: ClassVar = {"desde": _week_before, "hasta": _same_day}
    ranges: ClassVar = (Range("desde", "hasta", "Fecha"),)
    groups: ClassVar[Groups] = (
        ("Filtros", ("desde", "hasta", "documento", "listas", "usuario")),
        ("Qué", ("accion", "objeto")),
        ("Dónde", ("corredora", "direccion", "referencia")),
    )

    def from_day(self, rows: QuerySet[Any], _name: str, day: dt.date) -> QuerySet[Any]:
        return rows.filter(at__gte=_midnight(day))

    def to_day(self, rows: QuerySet[Any], _name: str, day: dt.date) -> QuerySet[Any]:
        return rows.filter(at__lt=_midnight(day + dt.timedelta(days=1)))

    def by_document(self, rows: QuerySet[Any], _name: str, number: str) -> QuerySet[Any]:
        """Certain lines; on demand also files too long for their people to be listed, of the
        brokerages where this person was ever shown."""
        certain = shown_to_somebody(number)
        if not self.form.cleaned_data.get("listas"):
            return rows.filter(certain)
        where = events_of(self.reader).filter(certain).values("brokerage_id")
        long_files = Q(details__lista_larga=True, brokerage_id__in=where)
        return rows.filter(certain | long_files)

    def ignored(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Read by `by_document`."""
        return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _rows(auditor: Auditor, _as_of: dt.date) -> QuerySet[Event]:
    return events_of(auditor).annotate(
        moment=Moment(F("at")),
        text=KeyTextTransform("texto", "details"),
        currency=Value("", output_field=CharField()),
    )


AUDITORIA = Listing(
    slug="auditoria",
    title="Auditoría",
    noun=("evento", "eventos"),
    purpose="Quién ingresó, buscó, descargó, cargó o cambió qué, y desde dónde.",
    rows=_rows,
    filters=EventFilters,
    permission=lambda auditor: bool(auditor.audits),
    order=("-fecha",),
    columns=(
        Column("fecha", "Fecha y hora", "moment", Text(width=19), sort="id"),
        Column("referencia", "Referencia", "reference", Text(), under="fecha", sort=""),
        Column("usuario", "Usuario", "username", Text(width=24)),
        Column("corredora", "Corredora", "brokerage_name", Text(width=30), under="usuario"),
        Column("accion", "Acción", "action", Choice(labels=dict(Action.choices))),
        Column("objeto", "Objeto", "object", Text(width=30), under="accion", sort=""),
        Column("detalle", "Detalle", "text", Text(width=60), sort=""),
        Column("filas", "Filas", "rows", Integer()),
        Column("direccion", "Dirección", "address", Text()),
        Column("navegador", "Navegador", "agent", Text(width=40), page=False, sort=""),
        Column("posicion", "Posición", "id", Integer(), page=False),
    ),
)  # fmt: skip
