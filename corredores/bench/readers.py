"""Who reads in the figures, and how a search of theirs is made."""

from django.http import QueryDict

from corredores.accounts.models import User
from corredores.accounts.viewer import Viewer, viewer_of
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
