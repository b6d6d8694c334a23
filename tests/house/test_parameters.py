"""Every parameter of every list: a good value never widens it, a bad one gives words and no row."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import django_filters
import pytest
from django.http import QueryDict

from corredores.database import viewing
from corredores.listings import Listing, Search
from corredores.listings.filters import LONGEST_TEXT
from corredores.listings.page import Page
from corredores.listings.texts import as_json
from corredores.portfolio.models import Policyholder
from corredores.vouchers.models import Voucher
from tests.people import TODAY

from .offer import OFFER, Readers, opened

pytestmark = pytest.mark.django_db

# The day or the date to which a report refers changes what its values are, not which rows match.
REFERENCE = {"corte", "base"}
SAMPLES = {
    "contratante": ["muñoz", "ACME", "ñandú o'higgins", "munoz"],
    "poliza": ["3", "0000003", "47"],
    "producto": ["veh", "Vida", "EPR", "plan"],
    "liquidacion": ["LQ-1-DEALFA"],
    "cuota": ["DEALFA-GENERALES-2"],
    "placa": ["abc001", "ABC 002"],
    "aviso": ["1", "0010"],
    "ejecutivo": ["@eje"],
    "sucursal": ["-cus", "LIMA"],
    "motivo": ["fondos"],
}
HOSTILE = ["'; drop table x; --", "%_\\", "\x00", "💥" * 10, "<b>x", "=1+1", "a" * LONGEST_TEXT]


def search(listing: Listing, viewer: Any, query: str) -> Search:
    return Search(listing, viewer, QueryDict(query), TODAY)


def keys(listing: Listing, found: Search) -> set[tuple[Any, ...]]:
    """The rows by their key."""
    assert found.problems == []
    return set(found.rows.values_list(*listing.key))


def valid(listing: Listing, name: str, world: Readers) -> Iterator[str]:
    """Good values of a parameter: every choice, or samples of the rows that are there."""
    known = listing.filters.base_filters[name]
    if isinstance(known, django_filters.ChoiceFilter | django_filters.MultipleChoiceFilter):
        yield from (str(value) for value, _label in known.extra["choices"])
    elif isinstance(known, django_filters.DateFilter):
        yield from ("2026-10-31", "2026-11-24", "")
    elif isinstance(known, django_filters.NumberFilter):
        yield from ("100", "0.05", "-1", "99999")
    elif name == "comprobante":
        yield from numbers(listing, world)
    elif name == "num_doc":
        yield from people_of(world)
    else:
        yield from SAMPLES[name]


def numbers(listing: Listing, world: Readers) -> Iterator[str]:
    """One voucher number as people write it: in full, with zeros, in lower case, with a space."""
    of_settlement = listing is OFFER["liquidaciones"]
    theirs = Voucher.everything.filter(brokerage=world.a, type="01")
    first = (theirs.filter(installment_external_id="") if of_settlement else theirs).earliest("pk")
    yield f"{first.series}-{first.number}"
    yield f"{first.series}-{first.number:08}"
    yield f"f001 {first.number}"


def people_of(world: Readers) -> Iterator[str]:
    """Document numbers of the clients."""
    ours = Policyholder.everything.filter(brokerage=world.a)
    yield from ours.order_by("pk").values_list("doc_number", flat=True)


@pytest.mark.parametrize("name", OFFER)
def test_a_good_value_narrows_the_list_or_keeps_it(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    for parameter, known in listing.filters.base_filters.items():
        samples = list(valid(listing, parameter, world))
        with viewing(viewer):
            every = keys(listing, search(listing, viewer, opened(listing)))
            found = [keys(listing, search(listing, viewer, query))
                     for query in with_each(listing, parameter, samples)]  # fmt: skip
        assert any(found), f"{parameter}: none of {samples} finds a row: the test says nothing"
        if parameter not in REFERENCE:
            assert all(rows <= every for rows in found), parameter
            chosen = isinstance(known, django_filters.ChoiceFilter) and len(samples) > 1
            assert not chosen or any(rows != every for rows in found), f"{parameter} does nothing"


def with_each(listing: Listing, parameter: str, values: list[str]) -> Iterator[str]:
    """Open queries but for one parameter, with each of its values."""
    rest = {name: "" for name in listing.filters.defaults if name != parameter}
    yield from (urlencode({**rest, parameter: value}) for value in values)


@pytest.mark.parametrize("name", OFFER)
def test_a_bad_value_is_a_problem_beside_its_field_and_gives_no_row(
    world: Readers, name: str
) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    for parameter in listing.filters.base_filters:
        for value in bad(listing, parameter):
            found = search(listing, viewer, urlencode({parameter: value}))
            assert {problem.name for problem in found.problems} == {parameter}, value
            assert all(problem.label and problem.message for problem in found.problems)
            with pytest.raises(ValueError, match="no rows"):
                _ = found.rows


def bad(listing: Listing, name: str) -> list[str]:
    known = listing.filters.base_filters[name]
    if isinstance(known, django_filters.DateFilter):
        return ["2026-13-40", "2026-02-30", "ayer", "0000-00-00", "10000-01-01", "2026-11-24T00:00"]
    if isinstance(known, django_filters.NumberFilter):
        return ["abc", "1e99", "NaN", "Infinity", "1" * 40]
    if isinstance(known, django_filters.ChoiceFilter | django_filters.MultipleChoiceFilter):
        return ["X", "vida", "'", "¿"]
    return ["a" * (LONGEST_TEXT + 1), "a" * 10_000]


@pytest.mark.parametrize("name", OFFER)
def test_hostile_text_is_only_text(world: Readers, name: str) -> None:
    """Nothing is found by it, or it is refused; nothing of it is run."""
    listing, viewer = OFFER[name], world.viewer("administrator")
    texts = [
        parameter
        for parameter, known in listing.filters.base_filters.items()
        if type(known) is django_filters.CharFilter
    ]
    with viewing(viewer):
        for parameter in texts:
            for query in with_each(listing, parameter, HOSTILE):
                found = search(listing, viewer, query)
                assert found.problems or keys(listing, found) == set(), query


@pytest.mark.parametrize("name", OFFER)
def test_an_unknown_parameter_is_said_never_ignored(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    for query in ("otro=1", "brokerage=2", "corredor=B", "DESDE=2026-01-01", "", "desde_=1"):
        found = search(listing, viewer, query)
        assert [problem.name for problem in found.problems] == [query.split("=")[0]] * bool(query)


@pytest.mark.parametrize("name", OFFER)
def test_a_parameter_given_twice_is_said_unless_it_takes_several(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    for parameter, known in listing.filters.base_filters.items():
        value = next(valid(listing, parameter, world))
        found = search(listing, viewer, urlencode([(parameter, value), (parameter, value)]))
        several = isinstance(known, django_filters.MultipleChoiceFilter)
        assert {it.name for it in found.problems} == (set() if several else {parameter})


@pytest.mark.parametrize("name", OFFER)
def test_a_range_from_after_to_is_said(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    for pair in listing.filters.ranges:
        number = isinstance(listing.filters.base_filters[pair.start], django_filters.NumberFilter)
        start, end = ("2", "1") if number else ("2026-11-24", "2026-11-23")
        found = search(listing, viewer, urlencode({pair.start: start, pair.end: end}))
        assert [problem.name for problem in found.problems] == [pair.end]


@pytest.mark.parametrize("name", OFFER)
def test_a_page_that_is_none_is_said(world: Readers, name: str) -> None:
    for page in ("0", "-1", "abc", "1.5", "²", "9" * 30, "1e3"):
        found = search(OFFER[name], world.viewer("administrator"), urlencode({"pagina": page}))
        assert [problem.name for problem in found.problems] == ["pagina"], page


@pytest.mark.parametrize("name", OFFER)
def test_a_member_of_one_line_cannot_ask_for_another(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("reader")
    if "linea" in listing.filters.base_filters:
        found = search(listing, viewer, "linea=SALUD")
        assert [problem.name for problem in found.problems] == ["linea"]
        assert [value for value, _ in found.form.fields["linea"].choices] == ["", "VIDA"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["cuotas", "liquidaciones", "comprobantes"])
def test_absent_empty_and_given_are_three_states_of_a_date(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    with viewing(viewer):
        absent, open_, given = (
            keys(listing, search(listing, viewer, query))
            for query in ("", "desde=&hasta=", "desde=2026-11-24&hasta=2026-11-24")
        )
        default = keys(listing, search(listing, viewer, "desde=2026-09-24&hasta=2026-11-24"))
    assert given < absent < open_
    assert absent == default, "two months back from today"


@pytest.mark.parametrize("name", OFFER)
def test_the_x_of_a_chip_leads_to_the_search_without_that_filter(world: Readers, name: str) -> None:
    listing, viewer = OFFER[name], world.viewer("administrator")
    with viewing(viewer):
        found = search(
            listing, viewer, "moneda=PEN" if "moneda" in listing.filters.base_filters else ""
        )
        assert found.criteria or not listing.filters.defaults
        for criterion in found.criteria:
            without = search(listing, viewer, found.without(criterion))
            gone = criterion.names not in {it.names for it in without.criteria}
            assert (criterion.label and criterion.text and gone) or criterion.names[0] in REFERENCE
            assert keys(listing, without) >= keys(listing, found), criterion.label


def test_json_is_one_page_with_the_address_of_the_next(world: Readers) -> None:
    listing, viewer = OFFER["cuotas"], world.viewer("administrator")
    with viewing(viewer):
        found = search(listing, viewer, f"{opened(listing)}&moneda=PEN")
        page = as_json(found, Page(found, 5))
    assert set(page) == {"total", "totales", "filas", "siguiente"}
    assert page["siguiente"] == "desde=&hasta=&moneda=PEN&pagina=2"
    assert set(page["totales"][0]) == {"moneda", "cantidad", "importe", "saldo"}
