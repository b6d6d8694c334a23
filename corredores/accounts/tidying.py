"""What is of no use any more is forgotten: ended sessions, old letters, invitations and tries."""

import datetime as dt

from django.utils import timezone

from .brakes import Failure
from .invitation import Invitation
from .letters import Letter
from .session import Session

_FAILURES = dt.timedelta(days=1)
_LETTERS = dt.timedelta(days=30)  # sent, given up, or expired


def tidy() -> int:
    """Delete; how many rows. What people did stays in the audit trail, for as long as that."""
    now = timezone.now()
    old = now - _LETTERS
    useless = (
        Session.objects.filter(expire_date__lt=now),
        Failure.objects.filter(at__lt=now - _FAILURES),
        Letter.objects.filter(written_at__lt=old),
        Invitation.objects.filter(expires_at__lt=old),
    )
    return sum(rows.delete()[0] for rows in useless)
