"""Signing in and out: allauth's view, invited people only, one brake on guessing."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

_RETRY = 15 * 60  # seconds


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc] # untyped package
    """Nobody signs up by themselves: people are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """/salir/: ends the session. Only by POST: no picture of another site signs one out."""
    logout(request)
    return redirect("account_login")


def braked(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Too many wrong tries for this user from this address: wait, whatever the password."""
    context = {
        "title": "Demasiados intentos",
        "text": "Espera quince minutos y vuelve a intentarlo.",
        "back": ("/ingresar/", "Volver a ingresar"),
    }
    response = render(request, "message.html", context, status=429)
    response.headers["Retry-After"] = str(_RETRY)
    return response
