"""Sending the letters that wait: each composed, with its link, at the moment it leaves."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.http import int_to_base36

from .invitation import new_token
from .letters import Letter, LetterKind, waiting
from .models import User

INVITATION_PATH = "/invitacion/{token}/"
RESET_PATH = "/clave/nueva/{user}-{token}/"
_FIRST_WAIT = dt.timedelta(seconds=30)  # doubled at each try
_LONGEST_WAIT = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Message:
    subject: str
    body: str


def deliver() -> int:
    """Send what is due; how many left. Two that deliver at once share the letters out."""
    sent = 0
    while (done := _deliver_one()) is not None:
        sent += done
    return sent


def still_waiting() -> bool:
    return waiting().exists()


@transaction.atomic
def _deliver_one() -> int | None:
    """1: sent or of no use any more, 0: to be tried again, None: nothing is due."""
    due = waiting().filter(next_try__lte=timezone.now()).select_for_update(skip_locked=True)
    letter = due.first()
    if letter is None:
        return None
    message = _composed(letter)
    try:
        if message is not None:
            send_mail(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [letter.to])
    except OSError as error:  # smtplib's errors and refused connections
        _postpone(letter, type(error).__name__)
        return 0
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at"])
    return 1


def _postpone(letter: Letter, reason: str) -> None:
    letter.tries += 1
    letter.error = reason
    letter.next_try = timezone.now() + min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(letter.tries, 10))
    letter.save(update_fields=["tries", "error", "next_try"])


def _composed(letter: Letter) -> Message | None:
    """The letter as it leaves now; None where there is nobody (any more) to write to."""
    if letter.kind == LetterKind.INVITATION:
        return _invitation(letter)
    if letter.kind == LetterKind.RESET:
        return _reset(letter)
    return _signed(f"{settings.PORTAL_NAME}: {letter.get_kind_display().lower()}", letter.text)


def _invitation(letter: Letter) -> Message | None:
    invitation = letter.invitation
    if invitation is None or not invitation.is_open:
        return None
    token, invitation.token_hash = new_token()
    invitation.save(update_fields=["token_hash"])
    link = letter.base + INVITATION_PATH.format(token=token)
    return _signed(
        f"Te invitan a {settings.PORTAL_NAME}",
        f"{invitation.brokerage.name} te da acceso a su cartera en el portal.\n\n"
        f"Abre este enlace para elegir tu contraseña. Sirve una vez, hasta el "
        f"{timezone.localtime(invitation.expires_at):%d/%m/%Y %H:%M}:\n\n{link}",
    )


def _reset(letter: Letter) -> Message | None:
    """Unknown addresses get no letter, and the page that asked said the same to everybody."""
    user = User.objects.filter(email__iexact=letter.to, is_active=True).order_by("pk").first()
    if user is None or not user.email:
        return None
    token = default_token_generator.make_token(user)
    link = letter.base + RESET_PATH.format(user=int_to_base36(user.pk), token=token)
    return _signed(
        f"{settings.PORTAL_NAME}: contraseña nueva",
        f"Alguien, quizá tú, pidió una contraseña nueva para el usuario {user.username}.\n\n"
        f"Abre este enlace para elegirla. Sirve una vez, durante una hora:\n\n{link}\n\n"
        "Si no fuiste tú, no hagas nada: la contraseña sigue igual.",
    )


def _signed(subject: str, text: str) -> Message:
    foot = f"{settings.PORTAL_NAME} · Línea de ayuda {settings.HELP_LINE}"
    return Message(subject, f"{text}\n\n{foot}\n")
