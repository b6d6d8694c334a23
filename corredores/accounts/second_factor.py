"""Who must have a second factor, and whether they have one."""

from collections.abc import MutableMapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from .models import User
from .viewer import Viewer

PRESENT = "second_factor"  # in the session: this person has one, as was seen in it
STAFF = "PERSONAL"


def missing(session: MutableMapping[str, Any], user: User, place: Viewer) -> bool:
    """Whether this person needs a second factor and has none. Asked of the database once a
    session: whoever has one could not have signed in without it."""
    if not settings.MFA_REQUIRED or not required(user, place):
        return False
    if not session.get(PRESENT) and Authenticator.objects.filter(user_id=user.pk).exists():
        session[PRESENT] = True
    return not session.get(PRESENT)


def required(user: User, place: Viewer) -> bool:
    """Whether a setting asks it of this role, of this brokerage, or of the insurer's staff."""
    named = {STAFF, user.staff_role} if user.is_staff else {place.role}
    return not {*named, f"corredora:{place.brokerage_code}"}.isdisjoint(settings.MFA_REQUIRED)
