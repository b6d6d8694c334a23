"""Who reads in the figures, and how a search of theirs is made."""

from django.http import QueryDict

from corredores.accounts.models import User
from corredores.accounts.viewer import Viewer, viewer_of
from corredores.database import viewing
from corredores.installments.listing import CUOTAS
from corredores.listings import Listing, Search

from .stage import Stage


def biggest() -> Viewer:
    """The administrator of the biggest brokerage: every line, every column."""
    return viewer_of(User.objects.get(username="corredor1"))


def limited() -> Viewer:
    """Somebody there who reads one line only: the database's limited role."""
    return viewer_of(User.objects.get(username="lector1"))


def search(stage: Stage, viewer: Viewer, query: str = "", listing: Listing = CUOTAS) -> Search:
    """A new search, as a page makes it; read it inside `viewing(viewer)`."""
    return Search(listing, viewer, QueryDict(query), stage.day)


def window_of(stage: Stage, viewer: Viewer, rows: int) -> str:
    """The query string of the dates that hold about the newest `rows` rows, or all there are."""
    with viewing(viewer):
        days = search(stage, viewer, "desde=&hasta=").rows.values_list("payment_date", flat=True)
        oldest = days[rows - 1 : rows].first()
    return f"desde={oldest or ''}&hasta="
