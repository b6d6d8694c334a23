"""Who sees what: made from the database on each request, so that what is taken away is gone."""

from dataclasses import FrozenInstanceError

import pytest

from corredores.accounts.business_line import ALL_LINES
from corredores.accounts.models import Brokerage, Membership, Role, StaffRole, User
from corredores.accounts.viewer import NOBODY, Right, Viewer, places_of, viewer_of
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def a() -> Brokerage:
    return people.brokerage("A")


def reread(user: User) -> User:
    """As the next request has it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.ADMINISTRATOR, set(Right)),
        (Role.COLLECTOR, {Right.DOCUMENTS}),
        (Role.VIEWER, set()),
    ],
)
def test_the_role_in_a_brokerage_says_the_rights(
    a: Brokerage, role: Role, rights: set[Right]
) -> None:
    viewer = viewer_of(people.member(a, role=role))
    assert (viewer.brokerage_id, viewer.lines, set(viewer.rights)) == (a.pk, ALL_LINES, rights)


def test_lines_are_those_of_the_member_and_of_the_licence_together(a: Brokerage) -> None:
    user = people.member(a, lines=["VIDA", "SALUD"])
    Brokerage.objects.filter(pk=a.pk).update(lines=["VIDA", "GENERALES"])
    assert viewer_of(reread(user)).lines == {"VIDA"}
    assert viewer_of(reread(user)).limited_to == ("VIDA",)


def test_only_somebody_with_every_line_is_not_limited(a: Brokerage) -> None:
    assert people.administrator(a).limited_to is None
    assert people.reader(a, "VIDA").limited_to == ("VIDA",)
    assert NOBODY.limited_to == ()


def test_a_line_taken_away_is_gone_at_the_next_reading(a: Brokerage) -> None:
    user = people.member(a)
    Membership.objects.filter(user=user).update(lines=["SALUD"])
    assert viewer_of(reread(user)).lines == {"SALUD"}
    Membership.objects.filter(user=user).update(lines=[])
    assert viewer_of(reread(user)).lines == set()


def test_a_place_taken_away_is_gone_at_the_next_reading(a: Brokerage) -> None:
    user = people.member(a)
    Membership.objects.filter(user=user).delete()
    assert viewer_of(reread(user)) is NOBODY
    assert viewer_of(reread(user), a.pk) is NOBODY


def test_a_suspended_brokerage_is_no_place_and_the_others_stay(a: Brokerage) -> None:
    user, b = people.member(a), people.brokerage("B")
    Membership.objects.create(user=user, brokerage=b, role=Role.VIEWER)
    Brokerage.objects.filter(pk=a.pk).update(status=Brokerage.Status.SUSPENDED)
    assert viewer_of(reread(user), a.pk) is NOBODY
    assert [place.brokerage_id for place in places_of(reread(user))] == [b.pk]


def test_rights_of_one_brokerage_do_not_follow_to_another(a: Brokerage) -> None:
    user, b = people.member(a), people.brokerage("B")
    Membership.objects.create(user=user, brokerage=b, role=Role.VIEWER, lines=["VIDA"])
    there = viewer_of(user, b.pk)
    assert (there.brokerage_id, set(there.lines), set(there.rights)) == (b.pk, {"VIDA"}, set())


def test_a_person_who_was_switched_off_sees_nothing(a: Brokerage) -> None:
    user = people.member(a, is_active=False)
    assert viewer_of(user) is NOBODY
    assert viewer_of(people.staff(is_active=False), a.pk) is NOBODY


def test_a_stranger_and_a_member_of_another_brokerage_see_nothing(a: Brokerage) -> None:
    assert people.stranger() is NOBODY
    assert viewer_of(people.member(people.brokerage("B")), a.pk) is NOBODY


def test_staff_must_name_a_brokerage_that_exists(a: Brokerage) -> None:
    staff = people.staff()
    assert viewer_of(staff) is NOBODY
    assert viewer_of(staff, 10**9) is NOBODY
    assert viewer_of(staff, a.pk).brokerage_id == a.pk


@pytest.mark.parametrize("role", ["", StaffRole.OPERATIONS, StaffRole.AUDITOR])
def test_staff_who_are_not_here_to_help_a_brokerage_never_see_as_one(
    a: Brokerage, role: str
) -> None:
    assert viewer_of(people.staff(staff_role=role), a.pk) is NOBODY


def test_staff_see_a_brokerage_within_its_licence_and_without_its_commissions() -> None:
    of = people.brokerage("C", lines=["VIDA"])
    viewer = people.staff_viewer(of)
    assert viewer.lines == {"VIDA"}
    assert not viewer.may(Right.COMMISSION)


def test_a_viewer_cannot_be_changed_and_the_default_one_sees_nothing() -> None:
    with pytest.raises(FrozenInstanceError):
        NOBODY.brokerage_id = 1  # type: ignore[misc]
    assert Viewer() == NOBODY
    assert (NOBODY.brokerage_id, NOBODY.lines, NOBODY.rights) == (None, frozenset(), frozenset())
