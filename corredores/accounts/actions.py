"""Changes to who works in a brokerage. Each is one transaction, with its line of the trail."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from corredores.audit.actions import Actor, Entry, Source, record
from corredores.audit.models import Action

from .business_line import BusinessLine
from .invitation import Invitation, open_invitation
from .letters import Letter, LetterKind
from .models import Membership, Role, User
from .session import Session
from .viewer import Right, Viewer

_INVITATIONS_A_DAY = 50  # of one brokerage: the portal is no post office


class PeopleError(Exception):
    """What was asked cannot be done; the message says why, to the person who asked."""


class NotThereError(LookupError):
    """Nothing of that number in the brokerage: absent and others' are the same."""


def actor_of(viewer: Viewer, source: Source) -> Actor:
    """The viewer as the trail names it."""
    return Actor(
        viewer.user_id, viewer.username, viewer.brokerage_id, viewer.brokerage_name, source
    )


@transaction.atomic
def invite(
    viewer: Viewer, *, source: Source, email: str, role: str, lines: Iterable[str], base: str
) -> Invitation:
    """Invite an address to the viewer's brokerage; an open invitation is renewed and sent again.

    `base`: the portal's address for the link. Nobody gives lines that they do not have.
    """
    brokerage_id, chosen = _needs(viewer), _allowed(viewer, role, lines)
    email = email.strip().lower()
    there = Q(user__username__iexact=email) | Q(user__email__iexact=email)
    if Membership.objects.filter(there, brokerage_id=brokerage_id).exists():
        raise PeopleError("Esa persona ya está en tu corredora.")
    since = timezone.now() - dt.timedelta(days=1)
    sent = Letter.objects.filter(
        invitation__brokerage_id=brokerage_id, written_at__gt=since
    ).count()
    if sent >= _INVITATIONS_A_DAY:
        raise PeopleError("Tu corredora llegó al límite de invitaciones de un día.")
    invitation, _made = Invitation.objects.update_or_create(
        brokerage_id=brokerage_id,
        email=email,
        used_at=None,
        defaults={
            "role": Role(role),
            "lines": chosen,
            "invited_by": viewer.username,
            "expires_at": timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS),
            "token_hash": "",  # an earlier link ends here
        },
    )
    Letter.objects.create(kind=LetterKind.INVITATION, to=email, base=base, invitation=invitation)
    _record(viewer, source, Action.INVITED, email, _as_text(role, chosen))
    return invitation


@transaction.atomic
def withdraw(viewer: Viewer, *, source: Source, invitation_id: int) -> None:
    """Take back an invitation that was not accepted; its link ends."""
    found = Invitation.objects.filter(
        pk=invitation_id, brokerage_id=_needs(viewer), used_at=None
    ).first()
    if found is None:
        raise NotThereError
    found.delete()
    _record(viewer, source, Action.INVITED, found.email, "Invitación retirada")


@transaction.atomic
def join(
    *, token: str, source: Source, user: User | None = None, new: Mapping[str, str] | None = None
) -> User:
    """Use an invitation: once, also when two browsers try at the same moment.

    user: the account that takes the place; without one it is made from `new` (first_name,
    last_name, password), its username being the invited address. Raises NotThereError where
    the link does not hold (any more), or where the address has an account already.
    """
    found = open_invitation(token)
    held = Invitation.objects.select_for_update(of=("self",)).filter(
        pk=found.pk if found else 0, used_at=None
    )
    invitation = held.select_related("brokerage").first()
    if invitation is None:
        raise NotThereError
    if user is None:
        if account_of(invitation.email) is not None:
            raise NotThereError
        user = User.objects.create_user(invitation.email, invitation.email, **(new or {}))
    Membership.objects.update_or_create(
        user=user,
        brokerage=invitation.brokerage,
        defaults={"role": invitation.role, "lines": invitation.lines},
    )
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    who = Actor(user.pk, user.username, invitation.brokerage_id, invitation.brokerage.name, source)
    text = _as_text(invitation.role, invitation.lines)
    record(who, Entry(Action.JOINED, user.username, f"{text}. Invitó {invitation.invited_by}"))
    return user


@transaction.atomic
def change_place(
    viewer: Viewer, *, source: Source, membership_id: int, role: str, lines: Iterable[str]
) -> None:
    """Another role, other lines, for somebody of the viewer's brokerage."""
    chosen = _allowed(viewer, role, lines)
    membership = _held_place(viewer, membership_id)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(membership)
    before = _as_text(membership.role, membership.lines)
    membership.role, membership.lines = Role(role), chosen
    membership.save(update_fields=["role", "lines"])
    text = f"De {before} a {_as_text(role, chosen)}"
    _record(viewer, source, Action.CHANGED_PERSON, membership.user.username, text)


@transaction.atomic
def remove_place(viewer: Viewer, *, source: Source, membership_id: int) -> None:
    """Somebody leaves the viewer's brokerage, on their next request; elsewhere they stay."""
    membership = _held_place(viewer, membership_id)
    _keep_an_administrator(membership)
    user = membership.user
    membership.delete()
    if not user.memberships.exists() and not user.is_staff:
        Session.objects.filter(user=user).delete()
    _record(viewer, source, Action.REMOVED, user.username, "")


def account_of(email: str) -> User | None:
    """The account that an address already has, by name or by e-mail."""
    known = Q(username__iexact=email) | Q(email__iexact=email)
    return User.objects.filter(known).order_by("pk").first()


def _held_place(viewer: Viewer, membership_id: int) -> Membership:
    """The place, locked together with the brokerage's others: two last administrators that
    remove each other at once are put in a row."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(brokerage_id=_needs(viewer))
    places = {place.pk: place for place in rows.select_related("user").order_by("pk")}
    if membership_id not in places:
        raise NotThereError
    return places[membership_id]


def _keep_an_administrator(leaving: Membership) -> None:
    others = Membership.objects.filter(
        brokerage_id=leaving.brokerage_id, role=Role.ADMINISTRATOR, user__is_active=True
    ).exclude(pk=leaving.pk)
    if leaving.role == Role.ADMINISTRATOR and not others.exists():
        raise PeopleError("Es la única persona que administra la corredora: nombra antes a otra.")


def _allowed(viewer: Viewer, role: str, lines: Iterable[str]) -> list[str]:
    """The lines in their order, when the viewer may give this role and each of them."""
    chosen = [line for line in BusinessLine.values if line in set(lines)]
    if role not in Role.values or not chosen or not set(chosen) <= viewer.lines:
        raise PeopleError("Elige un rol y al menos una de las líneas que tú puedes ver.")
    return chosen


def _needs(viewer: Viewer) -> int:
    """The brokerage whose people the viewer administers; others find nothing."""
    if viewer.brokerage_id is None or not viewer.may(Right.PEOPLE):
        raise NotThereError
    return viewer.brokerage_id


def _as_text(role: str, lines: Iterable[str]) -> str:
    named = ", ".join(str(BusinessLine(line).label) for line in lines)
    return f"{Role(role).label} ({named})"


def _record(viewer: Viewer, source: Source, action: Action, whom: str, text: str) -> None:
    record(actor_of(viewer, source), Entry(action, whom, text))
