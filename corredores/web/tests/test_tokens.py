"""/gestion/claves/: made and revoked by the insurer's administrators, shown once."""

import re
from typing import Any

import pytest
from django.test import Client

from corredores.accounts.models import StaffRole
from corredores.audit.models import Event
from corredores.tokens.actions import recognise
from corredores.tokens.models import Scope, Token
from tests import people

pytestmark = pytest.mark.django_db
CLAVES = "/gestion/claves/"
WANTED = {"name": "Carga nocturna", "scopes": [Scope.SEND_LOADS], "days": "30"}


@pytest.fixture
def jefa() -> Client:
    client = Client()
    client.force_login(people.staff("jefa", staff_role=StaffRole.ADMINISTRATOR))
    return client


def made(client: Client, **changes: Any) -> str:
    answer = client.post(f"{CLAVES}crear/", {**WANTED, **changes})
    assert answer.status_code == 200
    found = re.search(r"<code>(sc_[\w-]{43})</code>", answer.content.decode())
    assert found
    return found[1]


def test_a_secret_is_shown_once_and_works(jefa: Client) -> None:
    secret = made(jefa)
    token = recognise(secret)
    assert token is not None
    assert (token.name, token.scopes, token.made_by) == (
        "Carga nocturna", [Scope.SEND_LOADS], "jefa",
    )  # fmt: skip
    page = jefa.get(CLAVES).content.decode()
    assert secret not in page
    assert token.start in page


def test_a_revoked_one_works_no_more_and_stays_in_the_list(jefa: Client) -> None:
    secret = made(jefa)
    pk = Token.objects.get().pk
    for _ in range(2):  # a second time changes nothing
        answer = jefa.post(f"{CLAVES}{pk}/revocar/")
        assert (answer.status_code, answer.headers["Location"]) == (302, CLAVES)
    assert recognise(secret) is None
    page = jefa.get(CLAVES).content.decode()
    assert "La clave «Carga nocturna» ya no sirve." in page
    assert "Revocada" in page
    told = Event.objects.filter(action="ADMINISTRACION").order_by("pk")
    texts = [it.details["texto"] for it in told]
    assert [text.partition(",")[0] for text in texts] == ["Creada", "Revocada"]


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"scopes": []}, {"scopes": ["todo"]}, {"days": "0"}, {"days": "9999"}],
)
def test_a_token_needs_a_name_a_scope_and_an_end(jefa: Client, changes: dict[str, Any]) -> None:
    answer = jefa.post(f"{CLAVES}crear/", {**WANTED, **changes})
    assert answer.status_code == 422
    assert "errors" in answer.content.decode()
    assert not Token.objects.exists()


def test_a_token_that_is_not_there_is_not_found(jefa: Client) -> None:
    assert jefa.post(f"{CLAVES}1000/revocar/").status_code == 404


def test_operations_staff_load_but_make_no_tokens() -> None:
    client = Client()
    client.force_login(people.staff(staff_role=StaffRole.OPERATIONS))
    assert client.get(CLAVES).status_code == 404
    assert client.post(f"{CLAVES}crear/", WANTED).status_code == 404
    assert "Claves de API" not in client.get("/gestion/").content.decode()
