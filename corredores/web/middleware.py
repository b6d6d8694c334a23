"""What holds for every answer, whatever view made it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

Handler = Callable[[HttpRequest], HttpResponseBase]
METHODS = ("GET", "HEAD", "POST")
_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def allowed_methods(get_response: Handler) -> Handler:
    """A plain view answers TRACE, PUT and FOO like GET; the portal answers 405."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def response_headers(get_response: Handler) -> Handler:
    """Pages and files hold personal data: no cache keeps them, no other site embeds them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response

    return middleware
