"""The hidden field that no other site can forge (CSRF): one for all forms of a page."""

import secrets

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS
from django.template.backends.utils import csrf_input
from django.utils.html import format_html
from django.utils.safestring import SafeString

_LETTERS = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}


def form_token(request: HttpRequest) -> SafeString:
    """The field, masked anew. A browser that has the cookie already is not sent it again:
    Django would with every page, to put off a day that lies a year ahead."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or secret != request.COOKIES.get(settings.CSRF_COOKIE_NAME):
        return csrf_input(request)
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', masked(secret)
    )


def masked(secret: str) -> str:
    """A token that Django takes for `secret`: a random letter for each of the secret's, then the
    secret's own, moved on by those. Django asks the system for each letter; here once for all."""
    letters, noise = CSRF_ALLOWED_CHARS, secrets.randbelow(len(_LETTERS) ** len(secret))
    mask, moved = [], []
    for letter in secret:
        noise, step = divmod(noise, len(letters))
        mask.append(letters[step])
        moved.append(letters[(_LETTERS[letter] + step) % len(letters)])
    return "".join(mask + moved)
