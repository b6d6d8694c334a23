"""/clave/olvidada/: asking for a new password. The answer is the same for every address, and
takes as long: whether there is an account is found out by the postman, not by the page."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from corredores.accounts import brakes, postman
from corredores.accounts.letters import Letter, LetterKind

from .client import posted, source_of
from .credentials import base_of
from .limits import too_many_tries


class AskForm(forms.Form):
    email = forms.EmailField(
        label="Tu correo",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Each request counts as a try: nobody fills somebody's mailbox, nor ours."""
    form = AskForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form})
    email = form.cleaned_data["email"].strip().lower()
    account, address = f"clave de {email}", source_of(request).address
    if brakes.braked(account, address):
        return too_many_tries(request)
    brakes.failed(account, address)
    Letter.objects.create(kind=LetterKind.RESET, to=email, base=base_of(request))
    postman.call()
    context = {
        "title": "Revisa tu correo",
        "text": f"Si {email} tiene una cuenta, en unos minutos recibirá un enlace que sirve una "
        "vez, durante una hora. Mira también en el correo no deseado.",
        "back": ("/ingresar/", "Volver a ingresar"),
    }
    return render(request, "message.html", context)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """A new password was chosen."""
    context = {
        "title": "Contraseña guardada",
        "text": "Ingresa con tu contraseña nueva. Tus otras sesiones terminaron.",
        "back": ("/ingresar/", "Ingresar"),
    }
    return render(request, "message.html", context)
