"""Who reads in the figures, and how a search of theirs is made."""

import datetime as dt
from dataclasses import replace

from django.db.models import Func, IntegerField, Value
from django.http import QueryDict

from corredores.accounts.models import User
from corredores.accounts.viewer import Viewer, viewer_of
from corredores.database import viewing
from corredores.installments.listing import CUOTAS
from corredores.listings import Column, Integer, Listing, Search
from corredores.web.questions import asked

from .stage import Stage


def biggest() -> Viewer:
    """The administrator of the biggest brokerage: every line, every column."""
    return viewer_of(User.objects.get(username="corredor1"))


def limited() -> Viewer:
    """Somebody there who reads one line only: the database's limited role."""
    return viewer_of(User.objects.get(username="lector1"))


def search(day: dt.date, viewer: Viewer, query: str = "", listing: Listing = CUOTAS) -> Search:
    """A search as a page makes it; read it inside `viewing(viewer)`."""
    return asked(listing, viewer, query, day)


def window_of(stage: Stage, viewer: Viewer, rows: int) -> str:
    """The query string of the dates that hold about the newest `rows` rows, or all there are."""
    with viewing(viewer):
        days = search(stage.day, viewer, "desde=&hasta=").rows.values_list(
            "payment_date", flat=True
        )
        oldest = days[rows - 1 : rows].first()
    return f"desde={oldest or ''}&hasta="


def default_query(stage: Stage) -> str:
    """The dates that a search has when none are given, on the stage's day."""
    dates = search(stage.day, biggest()).form.cleaned_data
    return f"desde={dates['desde']}&hasta={dates['hasta']}"


def installment_keys(stage: Stage, viewer: Viewer, count: int) -> list[int]:
    with viewing(viewer):
        return list(search(stage.day, viewer).rows.values_list("pk", flat=True)[:count])


class ManyRows(Search):
    """Every row of a brokerage so many times: a million rows need no brokerage of that size."""

    wanted = 0

    @property
    def count(self) -> int:
        return self.wanted


def many_rows(day: dt.date, viewer: Viewer, rows: int) -> Search:
    """A search that finds `rows` rows, or a few more; read it inside the viewing it is made in."""
    every = "desde=&hasta="
    bare = Search(CUOTAS, viewer, QueryDict(every), day)
    times = -(-rows // bare.count)
    oldest = bare.rows.values_list("payment_date", flat=True)[rows // times - 1]
    again = Func(Value(1), Value(times), function="generate_series", output_field=IntegerField())
    declared = replace(
        CUOTAS,
        rows=lambda *asked: CUOTAS.rows(*asked).annotate(again=again),
        columns=(*CUOTAS.columns, Column("vez", "Vez", "again", Integer(), page=times > 1)),
    )
    found = ManyRows(declared, viewer, QueryDict(f"desde={oldest}&hasta="), day)
    found.wanted = bare.rows.filter(payment_date__gte=oldest).count() * times
    return found
