"""What people read when they type something wrong on the way in: plain words, to a «tú»."""

import html
import re
from typing import Any

import pytest

from tests import people

from .doors import browser, enter, links, with_app, with_recovery

pytestmark = pytest.mark.django_db

PASSWORD = people.PASSWORD
GOOD = "caballo grapa bateria"
# A «usted» or an imperative to one, and the libraries' own English.
FORMAL = re.compile(
    r"\b(debe|deben|usted|su contraseña|su cuenta|sus|ingrese|introduzca|escriba|elija|"
    r"seleccione|revise|intente|verifique|por favor|asegúrese|"
    r"please|your|must|enter|password|invalid|incorrect|required|code)\b",
    re.IGNORECASE,
)


def said(answer: Any) -> list[str]:
    """The errors of a page; its other words are looked at on the way."""
    page = answer.content.decode()
    assert answer.status_code == 200
    words = html.unescape(re.sub(r"<script.*?</script>|<svg.*?</svg>|<[^>]*>", " ", page))
    assert FORMAL.findall(words) == []
    found = re.findall(r'<ul class="errors".*?</ul>|<div class="notice late".*?</div>', page, re.S)
    texts = (re.sub(r"<svg.*?</svg>|<[^>]*>", " ", it) for it in found)
    return [html.unescape(" ".join(it.split())) for it in texts]


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [
        ("ana", "otra", ["El usuario o la contraseña no son correctos."]),
        ("nadie", "otra", ["El usuario o la contraseña no son correctos."]),
        ("", "", ["Completa este campo.", "Completa este campo."]),
    ],
)
def test_signing_in(login: str, password: str, words: list[str]) -> None:
    people.user("ana")
    assert said(enter(browser(), login, password)) == words


def test_asking_for_a_new_password() -> None:
    for email, words in (
        ("", ["Completa este campo."]),
        ("ana", ["Escribe un correo completo, como ana@corredora.pe."]),
    ):
        assert said(browser().post("/clave/olvidada/", {"email": email})) == words


# What is wrong with a new password, typed twice, and what is said of it.
WRONG = [
    (("", ""), ["Completa este campo.", "Completa este campo."]),
    ((GOOD, "otra cosa"), ["No es igual a la de arriba: escríbela otra vez."]),
    (("corta", "corta"), ["Escribe una contraseña de al menos 8 caracteres."]),
    (("password1", "password1"), ["Mucha gente usa esa contraseña: elige otra."]),
    (
        ("anamariaquispe", "anamariaquispe"),
        ["Se parece demasiado a tu nombre, tu usuario o tu correo: elige otra."],
    ),
    (
        ("cuotas2026", "cuotas2026"),
        ["No puede ser una palabra que cualquiera probaría aquí, como «cuotas2026»."],
    ),
]


@pytest.mark.parametrize(("typed", "words"), WRONG)
def test_choosing_a_new_password(typed: tuple[str, str], words: list[str]) -> None:
    """By the link of a letter, and with the old one."""
    ana = people.user("ana", first_name="Ana María", last_name="Quispe", email="ana@example.pe")
    ana.username = "anamariaquispe"
    ana.save()
    new = dict(zip(("password1", "password2"), typed, strict=True))
    client = browser()
    client.post("/clave/olvidada/", {"email": "ana@example.pe"})
    door = client.get(links()[-1], follow=True)
    assert said(client.post(door.redirect_chain[-1][0], new)) == words
    inside = browser(ana)
    assert said(inside.post("/cuenta/clave/", {"oldpassword": PASSWORD, **new})) == words


def test_the_old_password() -> None:
    inside = browser(people.user("ana"))
    new = {"password1": GOOD, "password2": GOOD}
    wrong = inside.post("/cuenta/clave/", {"oldpassword": "otra", **new})
    assert said(wrong) == ["Escribe tu contraseña actual."]


@pytest.mark.parametrize(
    ("password", "words"), [(typed[0], words[:1]) for typed, words in WRONG if typed[0] != GOOD]
)
def test_an_invitation(password: str, words: list[str]) -> None:
    people_of_a = browser(people.member(people.brokerage("A")))
    whom = {"email": "nueva@example.pe", "role": "LECTOR", "lines": ["VIDA"]}
    people_of_a.post("/gestion/personas/invitar/", whom)
    client = browser()
    client.get(links()[-1])
    new = {"first_name": "Ana María", "last_name": "anamariaquispe", "password": password}
    assert said(client.post("/invitacion/", new)) == words
    assert said(client.post("/invitacion/", {})) == ["Completa este campo."] * 3


def test_second_factors() -> None:
    ana = with_app(people.user("ana"))
    client = browser()
    enter(client, "ana")
    for code, words in (
        ("", ["Completa este campo."]),
        ("000000", ["El código no es correcto."]),
        ("no es un código", ["El código no es correcto."]),
    ):
        assert said(client.post("/ingresar/codigo/", {"code": code})) == words
    with_recovery(ana)
    assert said(browser(ana).get("/cuenta/segundo-factor/")) == []


def test_confirming_who_it_is_and_pairing_an_app() -> None:
    inside = browser(people.user("ana"))
    assert said(inside.post("/cuenta/confirmar/", {"password": "otra"})) == [
        "La contraseña no es correcta."
    ]
    inside.post("/cuenta/confirmar/", {"password": PASSWORD})
    for address in ("aplicacion/", "llaves/agregar/", "llaves/"):
        assert said(inside.get(f"/cuenta/segundo-factor/{address}")) == []
    wrong = inside.post("/cuenta/segundo-factor/aplicacion/", {"code": "000000"})
    assert said(wrong) == ["El código no es correcto."]
