"""What the pages write into the audit trail: noted while a page is made, recorded after it.

After, because a line holds the head of the chain until its commit: at best it comes with it, in
one trip. But before the answer leaves, so that nothing is shown that was not recorded.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponseBase

from corredores.accounts.actions import actor_of
from corredores.accounts.models import User
from corredores.accounts.viewer import Viewer
from corredores.audit.actions import Actor, Entry, record, record_last
from corredores.audit.models import Action
from corredores.database.statement import Row
from corredores.listings import Search
from corredores.listings.caption import in_words

from .client import source_of

_NOTED = "corredores.noted"
_DOCUMENT = "num_doc"  # the column that every list of people's rows has
_LISTED = 5_000  # rows of a file up to which its people are listed one by one


def note(request: HttpRequest, entry: Entry) -> None:
    """Remember `entry` until the door of the page records it."""
    request.META.setdefault(_NOTED, []).append(entry)


def write_last(request: HttpRequest, viewer: Viewer) -> None:
    """Record what was noted with the COMMIT of what was read."""
    record_last(actor_of(viewer, source_of(request)), *request.META.pop(_NOTED, []))


def write(request: HttpRequest, viewer: Viewer, *more: Entry) -> None:
    """Record what was noted, and `more`: one statement, and none for a page without any."""
    record(actor_of(viewer, source_of(request)), *request.META.pop(_NOTED, []), *more)


def actor(request: HttpRequest, user: User | None, name: str = "") -> Actor:
    """Somebody outside any brokerage: at the door, or at their own account."""
    if user is None:
        return Actor(username=name, source=source_of(request))
    return Actor(user.pk, user.username, source=source_of(request))


def refused(request: HttpRequest) -> Entry:
    """Something that is not there for this person: absent, or somebody else's."""
    return Entry(Action.REFUSED, request.path)


class WatchedSearch(Search):
    """A search that remembers whose rows its page showed, whatever columns the person sees."""

    people: frozenset[str] = frozenset()

    @property
    def subject(self) -> str:
        """The field with the document number of the person a row is about; or empty."""
        return next((it.source for it in self.listing.columns if it.name == _DOCUMENT), "")

    def page(self, number: int, size: int, fields: list[str]) -> list[Row]:
        if not self.subject or self.listing.group_by:
            return super().page(number, size, fields)
        added = self.subject not in fields
        asked = [*fields, self.subject] if added else fields
        rows = super().page(number, size, asked)
        place = asked.index(self.subject)
        self.people = frozenset([row[place] for row in rows])
        return [row[:-1] for row in rows] if added else rows


def searched(search: WatchedSearch) -> Entry:
    """A page of a search: its criteria, its rows in all, and the people shown on it."""
    return _of(Action.SEARCH, search, search.listing.slug, search.people)


def note_file(
    request: HttpRequest,
    response: HttpResponseBase,
    search: WatchedSearch,
    ending: str,
    folder: str = "",
) -> HttpResponseBase:
    """Note that a search goes out as a file, unless `response` says that it does not."""
    if response.status_code == 200:
        with closing_on_error(response):
            note(request, exported(search, ending, folder))
    return response


@contextmanager
def closing_on_error(response: HttpResponseBase) -> Iterator[None]:
    """What cannot be recorded is not sent; its file is closed, and its place given back."""
    try:
        yield
    except BaseException:
        response.close()
        raise


def exported(search: WatchedSearch, ending: str, folder: str = "") -> Entry:
    """A search as a file. Its people are listed up to some thousand rows; beyond, the line
    says that anybody of the brokerage may be in it."""
    name = f"{folder}{search.listing.slug}.{ending}"
    if ending == "json":
        return _of(Action.EXPORT, search, name, search.people)
    if not search.subject or search.count > _LISTED:
        return _of(Action.EXPORT, search, name, (), whole_list=True)
    people = search.filtered.order_by().values_list(search.subject, flat=True)
    return _of(Action.EXPORT, search, name, people.distinct())


def _of(
    action: Action, search: Search, name: str, people: Iterable[str], *, whole_list: bool = False
) -> Entry:
    given = {key: values for key, values in search.params.lists() if any(values)}
    shown = list(people)  # now, while the viewer is still looking
    return Entry(action, name, in_words(search), given, search.count, shown, whole_list=whole_list)
