"""After a password or a second factor changed: other sessions end, a letter tells, a line stays."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    PasswordVerificationMixin,
    ResetPasswordKeyForm,
)
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from corredores.accounts import postman
from corredores.accounts.letters import Letter, LetterKind
from corredores.accounts.models import User
from corredores.accounts.second_factor import PRESENT
from corredores.accounts.session import Session, stored
from corredores.audit.actions import Entry, record
from corredores.audit.models import Action

from .trail import actor

# allauth's name of the change, and what is said of it.
_WORDS = {
    "password_changed": "Cambiaste la contraseña.",
    "password_set": "Elegiste una contraseña.",
    "password_reset": "Se eligió una contraseña nueva con el enlace enviado a este correo.",
    "totp_activated": "Activaste la aplicación de códigos.",
    "totp_deactivated": "Quitaste la aplicación de códigos.",
    "recovery_codes_generated": "Generaste códigos de recuperación nuevos.",
    "webauthn_added": "Agregaste una llave de acceso.",
    "webauthn_removed": "Quitaste una llave de acceso.",
}


class _Twice(PasswordVerificationMixin):  # type: ignore[misc] # untyped package
    """The new password a second time, as nobody sees what is typed; said in our words."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super(PasswordVerificationMixin, self).clean()
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "No es igual a la de arriba: escríbela otra vez.")
        return data


class ForgottenForm(_Twice, ResetPasswordKeyForm):  # type: ignore[misc] # untyped package
    """Another password, by the link of a letter."""


class ChangeForm(_Twice, ChangePasswordForm):  # type: ignore[misc] # untyped package
    """Another password. The current one is asked for behind the brake of the door: whoever
    has come by an open session guesses it no faster than there."""

    def clean_oldpassword(self) -> str:
        password = str(self.cleaned_data.get("oldpassword", ""))
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


def signed_in(request: HttpRequest) -> User:
    """The signed-in person; only behind a check that there is one."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - see above
    return user


@transaction.atomic
def changed(request: HttpRequest, user: User, change: str) -> None:
    """Record the change named `change`, write the letter, end what it must end."""
    text = _WORDS.get(change, change)
    password = change.startswith("password")
    if password:
        others = Session.objects.filter(user=user)
        if request.user.is_authenticated:
            others = others.exclude(session_key=stored(request.session.session_key or ""))
        others.delete()
    else:
        request.session.pop(PRESENT, None)
    if user.email:
        kind = LetterKind.PASSWORD if password else LetterKind.SECOND_FACTOR
        told = f"{text} Si no fuiste tú, llama ya a la línea de ayuda: {settings.HELP_LINE}."
        Letter.objects.create(kind=kind, to=user.email, base=base_of(request), text=told)
        postman.call()
    record(actor(request, user), Entry(Action.CREDENTIALS, text=text))


def base_of(request: HttpRequest) -> str:
    """The portal's address for links in letters: the operator's, else the checked host."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
