"""/api/v1/: its addresses, each behind a token with one scope."""

from typing import Annotated

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, NinjaAPI, Path
from ninja.errors import AuthenticationError, Throttled, ValidationError
from ninja.files import UploadedFile
from ninja.responses import Status

from corredores.tokens.models import Scope
from corredores.uploads.actions import KeyReusedError, Sender, UploadError, limit, receive, too_big
from corredores.uploads.models import Upload

from .bearer import Bearer, PerToken, Refused, actor_of, token_of
from .problems import problem
from .schemas import Carga, CargaRecibida, ProblemaHttp, taken_in, told

_LONGEST_KEY = 255
_ENVELOPE = 1 << 20  # bytes of a multipart body that are not the files
_WAIT = 60  # seconds
_STATUS = {"desmedido": 413, "en_espera": 429}
REFUSALS = (400, 401, 403, 404, 409, 413, 422, 429)

api = NinjaAPI(
    title="Somos Corredores",
    version="1",
    description="Entrega de archivos del sistema central. Formatos y códigos: docs/uploads.md.",
    urls_namespace="api",
    docs_url=None,
)


class Sending(Bearer):
    """Lets in who may send, and only then looks at the body: nothing of it is kept before."""

    def __call__(self, request: HttpRequest) -> object:
        found = super().__call__(request)
        if found and int(request.META.get("CONTENT_LENGTH") or 0) > limit() + _ENVELOPE:
            raise Refused(413, "desmedido", str(too_big()))
        request.upload_handlers = [TemporaryFileUploadHandler(request)]
        return found


@api.post(
    "cargas",
    auth=Sending(Scope.SEND_LOADS),
    throttle=[PerToken()],
    response={202: CargaRecibida, REFUSALS: ProblemaHttp},
    url_name="uploads",
    summary="Enviar archivos",
    openapi_extra={
        "parameters": [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": True,
                "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY},
                "description": "La misma clave con los mismos archivos da la misma respuesta y "
                "carga una vez; con otros archivos, 409.",
            }
        ]
    },
)
def send(
    request: HttpRequest, response: HttpResponse, archivo: File[list[UploadedFile]]
) -> Status[object]:
    """Uno o varios archivos (`multipart/form-data`, campo `archivo`), que se cargan juntos."""
    token = token_of(request)
    sender = Sender(actor_of(request, token), token, _key(request))
    try:
        upload = receive(sender, archivo)
    except UploadError as error:
        status = _STATUS.get(error.code, 422)
        wait = _WAIT if status == 429 else 0
        raise Refused(status, error.code, str(error), retry_after=wait) from None
    except KeyReusedError:
        text = "Esa Idempotency-Key ya se usó con otros archivos."
        raise Refused(409, "clave_usada", text) from None
    except OSError:
        raise Refused(
            503, "sin_espacio", "No se pudo guardar el archivo.", retry_after=_WAIT
        ) from None
    address = reverse("api:upload", kwargs={"pk": upload.pk})
    response.headers["Location"] = address
    return Status(202, taken_in(upload, address))


@api.get(
    "cargas/{int:pk}",
    auth=Bearer(Scope.READ_LOADS),
    throttle=[PerToken()],
    response={200: Carga, REFUSALS: ProblemaHttp},
    url_name="upload",
    summary="Qué fue de una carga",
)
def look(request: HttpRequest, pk: Annotated[int, Path(description="`id` de la carga")]) -> object:
    """Solo las que envió la misma clave."""
    upload = Upload.objects.filter(pk=pk, token=token_of(request)).first()
    if upload is None:
        raise Refused(404)
    return told(upload, request.path)


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > _LONGEST_KEY or not key.isprintable():
        text = f"Falta la cabecera Idempotency-Key (1 a {_LONGEST_KEY} caracteres)."
        raise Refused(400, "sin_idempotencia", text)
    return key


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    said = problem(request, refusal.status, refusal.code, refusal.detail)
    if refusal.status == 401:
        said.headers["WWW-Authenticate"] = 'Bearer realm="api", error="invalid_token"'
    if refusal.retry_after:
        said.headers["Retry-After"] = str(refusal.retry_after)
    return said


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    said = problem(request, 401)
    said.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    return said


@api.exception_handler(Throttled)
def _too_fast(request: HttpRequest, _error: Throttled) -> HttpResponse:
    return problem(request, 429)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, 404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [".".join(map(str, it["loc"][1:])) for it in error.errors]
    return problem(request, 422, detail=f"Falta o no es válido: {', '.join(fields)}.")
