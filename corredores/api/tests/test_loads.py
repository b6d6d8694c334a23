"""`/api/v1/cargas` as a program uses it: a token, an idempotency key, problem objects."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corredores.api.bearer import PerToken
from corredores.api.v1 import api
from corredores.audit.actions import Actor
from corredores.audit.models import Event
from corredores.loading.tests.files import BROKERAGE, INSTALLMENT
from corredores.tokens.actions import Issued, issue, revoke
from corredores.tokens.models import Scope, Token
from corredores.uploads.actions import MOST_WAITING
from corredores.uploads.models import Upload
from corredores.uploads.running import run
from corredores.uploads.tests.sending import content, queued, unreadable
from tests import people

pytestmark = pytest.mark.django_db
CARGAS = "/api/v1/cargas"
ROWS = content(BROKERAGE)
BAD = content({**INSTALLMENT, "importe": "1,234.56"})
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def _rested() -> None:
    PerToken.cache.clear()


@pytest.fixture
def secret() -> str:
    return token("nocturna", *Scope).secret


def token(name: str, *scopes: Scope, days: int = 30) -> Issued:
    return issue(Actor(username="jefa"), name=name, scopes=scopes, days=days)


def send(
    secret: str, *files: tuple[str, bytes], key: str = "noche-1", client: Client | None = None
) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    chosen = files or (("corredores.csv", ROWS),)
    body = {"archivo": [SimpleUploadedFile(name, data) for name, data in chosen]}
    return (client or Client()).post(CARGAS, body, headers=headers)


def look(secret: str, address: str) -> Any:
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def refusal(answer: Any) -> tuple[int, str]:
    """(status, codigo) of a problem object; anything else fails."""
    assert answer.headers["Content-Type"] == PROBLEM
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "codigo", "referencia"}
    assert told["status"] == answer.status_code
    return answer.status_code, told["codigo"]


def test_files_are_taken_in_and_their_receipt_is_read_later(secret: str) -> None:
    answer = send(secret)
    assert answer.status_code == 202
    taken = answer.json()
    assert answer.headers["Location"] == taken["direccion"] == f"{CARGAS}/{taken['id']}"
    assert [it["nombre"] for it in taken["archivos"]] == ["corredores.csv"]
    assert look(secret, taken["direccion"]).json()["estado"] == "EN_ESPERA"
    run(taken["id"], last_try=False)
    told = look(secret, taken["direccion"]).json()
    assert told["estado"] == "TERMINADA"
    (receipt,) = told["recibos"]
    assert (receipt["resultado"], receipt["contenido"], receipt["nuevas"]) == (
        "CARGADO", "corredores", 1,
    )  # fmt: skip


def test_every_error_of_a_refused_file_is_told_with_its_cell(secret: str) -> None:
    taken = send(secret, ("cuotas.csv", BAD)).json()
    run(taken["id"], last_try=False)
    (receipt,) = look(secret, taken["direccion"]).json()["recibos"]
    assert receipt["resultado"] == "RECHAZADO"
    (error,) = [it for it in receipt["errores"] if it["columna"] == "importe"]
    assert (error["registro"], error["valor"], error["codigo"]) == (2, "1,234.56", "importe")


def test_the_same_key_and_files_give_the_same_answer_and_load_once(secret: str) -> None:
    first = send(secret)
    run(first.json()["id"], last_try=False)
    again = send(secret)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert queued(Upload.objects.get()) == 1


@pytest.mark.parametrize(
    "files", [(("corredores.csv", ROWS + b" "),), (("otro.csv", ROWS),),
              (("corredores.csv", ROWS), ("b.csv", ROWS))],
)  # fmt: skip
def test_the_same_key_with_other_files_is_a_conflict(secret: str, files: Any) -> None:
    send(secret)
    assert refusal(send(secret, *files)) == (409, "clave_usada")
    assert Upload.objects.count() == 1


def test_a_key_belongs_to_its_token(secret: str) -> None:
    other = token("otra", *Scope).secret
    assert send(secret).json()["id"] != send(other).json()["id"]


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\x1b[31m"])
def test_without_a_usable_key_nothing_is_taken_in(secret: str, key: str) -> None:
    assert refusal(send(secret, key=key)) == (400, "sin_idempotencia")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", b"", (422, "vacio")),
        ("a.png", b"\x89PNG\0\0", (422, "tipo")),
        ("a.csv", b"x" * (1 << 20) + b"x", (413, "desmedido")),
        ("a.csv", b"x" * (3 << 20), (413, "desmedido")),
    ],
)
def test_what_cannot_be_loaded_is_said_at_once(
    secret: str, settings: Any, name: str, data: bytes, expected: tuple[int, str]
) -> None:
    settings.UPLOAD_MEGABYTES = 1
    assert refusal(send(secret, (name, data))) == expected
    assert not Upload.objects.exists()


def test_a_body_without_the_field_is_said(secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "x"}
    assert refusal(Client().post(CARGAS, headers=headers)) == (422, "datos")


@pytest.mark.parametrize("wrong", ["", "Bearer ", "Bearer sc_equivocada", "Basic YTpi", "Bearer á"])
def test_of_who_may_not_no_byte_is_read(wrong: str) -> None:
    headers = {"Authorization": wrong} if wrong else {}
    answer = Client().generic("POST", CARGAS, headers=headers, **unreadable())
    assert refusal(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_and_an_expired_token_are_no_token(secret: str) -> None:
    assert send(secret).status_code == 202
    Token.objects.update(expires_at=people.UPDATED.replace(year=2020))
    assert refusal(send(secret)) == (401, "clave_no_valida")
    fresh = token("nueva", *Scope)
    revoke(Actor(username="jefa"), fresh.token.pk)
    assert refusal(send(fresh.secret)) == (401, "clave_no_valida")


def test_a_token_does_what_its_scopes_say_and_nothing_else(secret: str) -> None:
    taken = send(secret).json()
    reads, writes = token("lee", Scope.READ_LOADS).secret, token("envía", Scope.SEND_LOADS).secret
    assert refusal(send(reads)) == (403, "sin_permiso")
    assert refusal(look(writes, taken["direccion"])) == (403, "sin_permiso")
    assert send(writes).status_code == 202


def test_another_tokens_upload_is_as_absent(secret: str) -> None:
    taken = send(secret).json()
    other = token("otra", *Scope).secret
    theirs, nobodys = (look(other, it) for it in (taken["direccion"], f"{CARGAS}/999999"))
    assert refusal(theirs) == refusal(nobodys) == (404, "no_existe")
    assert _text(theirs) == _text(nobodys)


def _text(answer: Any) -> dict[str, Any]:
    return {**answer.json(), "referencia": ""}


def test_a_session_is_worth_nothing_here_and_none_is_given(secret: str) -> None:
    client = Client()
    client.force_login(people.staff(staff_role="ADMINISTRADOR"))
    assert refusal(send("", client=client))[0] == 401
    answer = send(secret, client=client)
    assert answer.status_code == 202
    assert not answer.cookies


def test_guessing_is_braked_and_a_good_token_from_elsewhere_is_not(secret: str) -> None:
    for _ in range(10):
        assert refusal(send("sc_adivinada"))[0] == 401
    braked = send("sc_adivinada")
    assert refusal(braked) == (429, "intentos")
    assert int(braked.headers["Retry-After"]) > 0
    assert send(secret).status_code == 202


def test_one_token_cannot_call_without_end(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in api.default_router.path_operations.values():
        for operation in path.operations:
            for brake in operation.throttle_objects:
                monkeypatch.setattr(brake, "num_requests", 2)
    answers = [look(secret, f"{CARGAS}/1") for _ in range(3)]
    assert [it.status_code for it in answers[:2]] == [404, 404]
    assert refusal(answers[2]) == (429, "demasiado")
    assert int(answers[2].headers["Retry-After"]) > 0


def test_a_queue_that_only_grows_is_braked(secret: str) -> None:
    first = send(secret)
    for _ in range(MOST_WAITING):
        Upload.objects.create(sent_by="x")
    answer = send(secret, key="otra")
    assert refusal(answer) == (429, "en_espera")
    assert int(answer.headers["Retry-After"]) > 0
    assert send(secret).content == first.content, "what is in already, is in"


@pytest.mark.parametrize(
    ("method", "address", "expected"),
    [
        ("GET", CARGAS, (405, "metodo")),
        ("DELETE", f"{CARGAS}/1", (405, "metodo")),
        ("GET", "/api/v1/nada", (404, "no_existe")),
        ("GET", "/api/", (404, "no_existe")),
        ("POST", "/api/v1/cargas/1", (405, "metodo")),
    ],
)
def test_every_refusal_is_a_problem_object(
    method: str, address: str, expected: tuple[int, str]
) -> None:
    assert refusal(Client().generic(method, address)) == expected


def test_a_failure_of_ours_is_one_too(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object) -> None:
        raise RuntimeError("20131312955 is nobody's business")

    monkeypatch.setattr("corredores.api.v1.receive", fails)
    answer = send(secret, client=Client(raise_request_exception=False))
    assert refusal(answer) == (500, "fallo")
    assert "20131312955" not in answer.content.decode()


def test_every_call_that_matters_is_a_line_of_the_trail(secret: str) -> None:
    send(secret)
    send("sc_equivocada")
    told = [(it.action, it.username.partition(" (")[0]) for it in Event.objects.order_by("pk")]
    assert told == [("ADMINISTRACION", "jefa"), ("CARGA", "API: nocturna"), ("RECHAZADO", "")]
    assert secret not in str(list(Event.objects.values_list("object", "details", "username")))


def test_the_secret_is_kept_nowhere(secret: str) -> None:
    (row,) = Token.objects.values_list()
    assert secret not in str(row)
    assert len(secret) >= 43


def test_the_description_names_every_address_scope_and_answer() -> None:
    answer = Client().get("/api/v1/openapi.json")
    told = answer.json()
    assert set(told["paths"]) == {CARGAS, f"{CARGAS}/{{pk}}"}
    sending = told["paths"][CARGAS]["post"]
    assert {"202", "401", "403", "409", "413", "422", "429"} <= set(sending["responses"])
    assert [it["name"] for it in sending["parameters"]] == ["Idempotency-Key"]
    assert "multipart/form-data" in sending["requestBody"]["content"]
    assert any(it["scheme"] == "bearer" for it in told["components"]["securitySchemes"].values())
