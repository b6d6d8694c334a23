"""The second factor as allauth asks for it: its secrets encrypted, its codes behind the brake."""

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from corredores.accounts import brakes
from corredores.accounts.models import User
from corredores.audit.actions import Entry, record
from corredores.audit.models import Action

from .client import source_of
from .limits import too_many_tries
from .trail import actor


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # untyped package
    """allauth's, with secrets encrypted at rest under a key derived from the secret key."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's
        return "Mi llave"


class _Braked:
    """The brake on passwords, on codes: ten wrong ones, then a wait."""

    user: User

    def clean_code(self) -> str:
        request: HttpRequest = context.request
        account, source = f"código de {self.user.username}", source_of(request)
        if brakes.braked(account, source.address):
            raise ImmediateHttpResponse(too_many_tries(request))
        try:
            code = str(super().clean_code())  # type: ignore[misc] # the form beside
        except ValidationError:
            brakes.failed(account, source.address)
            record(actor(request, self.user), Entry(Action.SIGN_IN_FAILED, text="Código"))
            raise
        brakes.succeeded(account, source.address)
        return code


class CodeForm(_Braked, AuthenticateForm):  # type: ignore[misc] # untyped package
    """The second step of the sign-in."""


class CodeAgainForm(_Braked, ReauthenticateForm):  # type: ignore[misc] # untyped package
    """The code again, before something that matters."""


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(key))) for key in keys])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{secret}".encode()).digest())
