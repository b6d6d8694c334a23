"""Who is signed in: read with the session, in one query."""

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware as Stock
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from corredores.accounts.session import SessionStore


class AuthenticationMiddleware(Stock):
    """Django's, but for the user who came with the session's row: no second query asks."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]


def user_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """`request.user` without the proxy around, which each look at the person would pay for.

    A person who is inactive, or whose password changed since, is signed in no more."""
    session = request.session
    assert isinstance(session, SessionStore)  # noqa: S101 - the one engine of the settings
    claimed, proof = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY, "")
    user = session.row.user if session.row else None
    if (
        user is not None
        and user.is_active
        and str(user.pk) == claimed
        and constant_time_compare(proof, user.get_session_auth_hash())
    ):
        return user
    return get_user(request)
