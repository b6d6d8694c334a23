"""The hidden field that no other site can forge (CSRF): one for all forms of a page."""

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.safestring import SafeString


def form_token(request: HttpRequest) -> SafeString:
    """The field, masked anew. A browser that has the cookie already is not sent it again:
    Django would with every page, to put off a day that lies a year ahead."""
    field: SafeString = csrf_input(request)
    if request.META["CSRF_COOKIE"] == request.COOKIES.get(settings.CSRF_COOKIE_NAME):
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    return field
