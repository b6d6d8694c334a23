"""The viewer: who looks, at which brokerage, with which rights. Made here and nowhere else."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from corredores.database.statement import Statement

from .business_line import ALL_LINES
from .models import Brokerage, Membership, Role, StaffRole, User
from .session import PLACE, PLACE_ORDER


class Right(StrEnum):
    """What a role may do beyond reading its lists."""

    DOCUMENTS = "documents"  # whole document numbers; without it ••••5678
    COMMISSION = "commission"  # commission columns
    PEOPLE = "people"  # administer the brokerage's own people
    AUDIT = "audit"  # read the brokerage's audit trail


_RIGHTS = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.COLLECTOR: frozenset({Right.DOCUMENTS}),
    Role.VIEWER: frozenset(),
}
# Staff who may see as a brokerage, and what they may do there. The others never see rows.
_STAFF_RIGHTS = {
    StaffRole.SUPPORT: frozenset({Right.DOCUMENTS}),
    StaffRole.ADMINISTRATOR: frozenset({Right.DOCUMENTS, Right.PEOPLE, Right.AUDIT}),
}
_AUDITORS = (StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
STAFF_LABEL = "Personal de la aseguradora"


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person in one brokerage. The default one sees nothing.

    One that `audits` reads the audit trail and no business row: of the brokerage, or, without
    one, of all.
    """

    user_id: int | None = None
    brokerage_id: int | None = None
    lines: frozenset[str] = frozenset()
    rights: frozenset[Right] = frozenset()
    audits: bool = False
    username: str = ""
    person_name: str = ""
    brokerage_name: str = ""
    role: str = ""
    role_label: str = ""
    brokerage_code: str = ""

    @property
    def limited_to(self) -> tuple[str, ...] | None:
        """The lines that the database must enforce; None when all may be seen."""
        return None if self.lines == ALL_LINES else tuple(sorted(self.lines))

    def may(self, right: str) -> bool:
        return right in self.rights


NOBODY = Viewer()


def viewer_of(user: User, brokerage_id: int | None = None) -> Viewer:
    """The viewer for `user` in one brokerage; NOBODY where the user has no place.

    Without `brokerage_id`: the first of the user's brokerages. Staff must name one.
    Read again on each request, so that taking a place away works at once.
    """
    if not user.is_active:
        return NOBODY
    if user.is_staff:
        return _staff_viewer(user, brokerage_id)
    return next(
        (place for place in places_of(user) if brokerage_id in (None, place.brokerage_id)), NOBODY
    )


def places_of(user: User) -> list[Viewer]:
    """The user's places in active brokerages, by name of the brokerage. One query, or none where
    the session brought them."""
    rows = _places().fetch(user.pk) if user.places is None else user.places
    return [
        _member_viewer(user, *place)
        for *place, status in rows
        if status == Brokerage.Status.ACTIVE  # none for the row of somebody without any place
    ]


@cache
def _places() -> Statement:
    anybody = -1
    memberships = Membership.objects.filter(user_id=anybody).order_by(*PLACE_ORDER)
    return Statement(memberships.values_list(*PLACE), anybody)


def _member_viewer(
    user: User, role: str, lines: list[str], pk: int, code: str, name: str, authorised: list[str]
) -> Viewer:
    return Viewer(
        user_id=user.pk,
        brokerage_id=pk,
        lines=frozenset(lines) & frozenset(authorised),
        rights=_RIGHTS[Role(role)],
        username=user.username,
        person_name=user.get_full_name() or user.username,
        brokerage_name=name,
        role=Role(role),
        role_label=str(Role(role).label),
        brokerage_code=code,
    )


def staff_role_of(user: User) -> str:
    """What somebody of the insurer is here for; empty for everybody else."""
    return user.staff_role if user.is_staff and user.is_active else ""


def may_see_as(user: User) -> bool:
    """Whether the insurer lets this person see the portal as a brokerage."""
    return staff_role_of(user) in _STAFF_RIGHTS


def auditor_of(user: User, place: Viewer) -> Viewer:
    """Who reads the audit trail: the insurer's auditors all of it, a brokerage's administrator
    in `place` that brokerage's; NOBODY for everybody else."""
    if staff_role_of(user) in _AUDITORS:
        return Viewer(
            user_id=user.pk,
            audits=True,
            username=user.username,
            person_name=user.get_full_name() or user.username,
            role_label=STAFF_LABEL,
        )
    return replace(place, audits=True) if place.may(Right.AUDIT) else NOBODY


def _staff_viewer(user: User, brokerage_id: int | None) -> Viewer:
    if not may_see_as(user):
        return NOBODY
    brokerage = Brokerage.objects.filter(pk=brokerage_id).first() if brokerage_id else None
    if brokerage is None:
        return NOBODY
    return Viewer(
        user_id=user.pk,
        brokerage_id=brokerage.pk,
        lines=frozenset(brokerage.lines),
        rights=_STAFF_RIGHTS[StaffRole(user.staff_role)],
        username=user.username,
        person_name=user.get_full_name() or user.username,
        brokerage_name=brokerage.name,
        role_label=STAFF_LABEL,
    )
