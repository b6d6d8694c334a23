"""/livez and /readyz: for the machine that watches over this one. They say nothing of anybody."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from corredores.database.presence import answers

_TEXT = "text/plain; charset=utf-8"


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers. Nothing else is asked, so that a database away restarts nobody."""
    return HttpResponse("vivo\n", content_type=_TEXT)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where people can be served; 503 while the database does not answer."""
    if not answers():
        return HttpResponse("sin datos\n", content_type=_TEXT, status=503)
    return HttpResponse("listo\n", content_type=_TEXT)
