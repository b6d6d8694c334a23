"""What is changed in the admin goes into the audit trail as well."""

from django.http import HttpRequest

from corredores.accounts.models import User
from corredores.audit.actions import Actor, Entry, Source, record
from corredores.audit.models import Action


def written(request: HttpRequest, action: str, what: str, text: str = "") -> None:
    """Record one act of the signed-in person."""
    user = request.user
    source = Source(
        address=request.META.get("REMOTE_ADDR", ""),
        agent=request.headers.get("User-Agent", ""),
        reference=request.META.get("corredores.reference", ""),
    )
    who = Actor(user.pk, user.username, source=source) if isinstance(user, User) else Actor()
    record(who, Entry(Action(action), what, text))
