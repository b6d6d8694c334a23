"""The ways in, as a person uses them: a browser that signs in, a code, a letter's link."""

import re
import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from corredores.accounts.models import User
from corredores.accounts.post import deliver
from tests import people

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ELSEWHERE = "198.51.100.7"


def browser(user: User | None = None, **extra: Any) -> Any:
    """A browser of nobody, or of somebody who is in; `REMOTE_ADDR=` says from where."""
    client = Client(raise_request_exception=False, **extra)
    if user is not None:
        client.force_login(user)
    return client


def enter(client: Any, username: str, password: str = people.PASSWORD, **extra: Any) -> Any:
    """The first step of the sign-in; the answer."""
    return client.post("/ingresar/", {"login": username, "password": password}, **extra)


def is_in(client: Any) -> bool:
    """Whether the browser may see its own account."""
    return bool(client.get("/cuenta/").status_code == 200)


def with_app(user: User) -> User:
    """The same person, with an app for codes."""
    totp.TOTP.activate(user, SECRET)
    return user


def with_recovery(user: User) -> list[str]:
    """The person's recovery codes."""
    return list(RecoveryCodes.activate(user).get_unused_codes())


def code(periods_ahead: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or that many times 30 seconds later."""
    value = totp.hotp_value(secret, int(time.time()) // 30 + periods_ahead)
    return str(totp.format_hotp_value(value))


def links() -> list[str]:
    """The addresses in the letters that wait, which leave now: the oldest first."""
    mail.outbox.clear()
    deliver()
    return [
        link for it in mail.outbox for link in re.findall(r"https?://[^/\s]+(\S+)", str(it.body))
    ]
