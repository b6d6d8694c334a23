"""/gestion/cargas/ as operations staff use it; the browser's part is in tests/browser."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from corredores.accounts.models import StaffRole, User
from corredores.audit.models import Event
from corredores.loading.models import Receipt
from corredores.loading.tests.files import BROKERAGE, INSTALLMENT
from corredores.uploads.models import State, Upload
from corredores.uploads.running import run
from corredores.uploads.tests.conftest import home as home  # noqa: PLC0414 - a fixture
from corredores.uploads.tests.sending import content, unreadable
from tests import people

pytestmark = pytest.mark.django_db
CARGAS = "/gestion/cargas/"
ROWS = content(BROKERAGE)
BAD = content(*({**INSTALLMENT, "id_cuota": f"Q{n}", "importe": "1,234.56"} for n in range(300)))


def operations(username: str = "hugo") -> User:
    return people.staff(username, staff_role=StaffRole.OPERATIONS)


def at_the_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def hugo() -> Client:
    return at_the_desk(operations())


def send(client: Client, *files: tuple[str, bytes], **headers: str) -> Any:
    body = {"archivo": [SimpleUploadedFile(name, data) for name, data in files]}
    return client.post(CARGAS, body, headers=headers)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def through(client: Client, *files: tuple[str, bytes]) -> str:
    """Sent and loaded: what the page of the upload says."""
    answer = send(client, *files)
    assert answer.status_code == 302
    run(Upload.objects.latest("pk").pk, last_try=False)
    return text(client.get(answer.headers["Location"]))


def test_a_file_is_sent_watched_and_its_receipt_read(hugo: Client) -> None:
    answer = send(hugo, ("corredores.csv", ROWS))
    address = answer.headers["Location"]
    assert "Empieza en un momento" in text(hugo.get(address))
    assert "En camino" in text(hugo.get(CARGAS))
    Upload.objects.update(state=State.RUNNING)
    assert "Leyendo, comprobando y guardando" in text(hugo.get(address))
    run(Upload.objects.get().pk, last_try=False)
    told = text(hugo.get(address))
    for said in ("Terminada", "corredores.csv", "Cargado", "hugo", 'value">1</span>'):
        assert said in told
    past = text(hugo.get(CARGAS))
    assert "En camino" not in past
    assert reverse("receipt", kwargs={"pk": Receipt.objects.get().pk}) in past


def test_while_it_is_on_its_way_the_page_asks_again_and_then_no_more(hugo: Client) -> None:
    address = send(hugo, ("corredores.csv", ROWS)).headers["Location"]
    part = text(hugo.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert f'hx-get="{address}" hx-trigger="every 2s"' in part
    run(Upload.objects.get().pk, last_try=False)
    assert "hx-trigger" not in text(hugo.get(address, headers={"HX-Request": "true"}))


def test_with_htmx_the_browser_is_led_to_the_upload(hugo: Client) -> None:
    answer = send(hugo, ("corredores.csv", ROWS), **{"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"{CARGAS}{Upload.objects.get().pk}/"


def test_sums_are_told_by_currency_and_never_added(hugo: Client) -> None:
    rows = [
        {**INSTALLMENT, "id_cuota": "1", "importe": "1000.50"},
        {**INSTALLMENT, "id_cuota": "2", "importe": "0.50"},
        {**INSTALLMENT, "id_cuota": "3", "importe": "7.00", "moneda": "USD"},
    ]
    told = through(hugo, ("corredores.csv", ROWS), ("cuotas.csv", content(*rows)))
    assert 'Soles, 2 filas</dt><dd class="number">S/ 1,001.00</dd>' in told
    assert 'Dólares, 1 fila</dt><dd class="number">US$ 7.00</dd>' in told


def test_errors_stand_in_a_table_and_the_rows_in_a_file(hugo: Client) -> None:
    told = through(hugo, ("cuotas.csv", BAD))
    assert "Terminada con rechazos" in told
    assert "No se cambió nada." in told
    assert "Los primeros 200 de" in told
    assert "Registro 2</td>" in told
    assert "1,234.56" in told
    receipt = Receipt.objects.get()
    answer = hugo.get(reverse("rejected_rows", kwargs={"pk": receipt.pk}))
    rows = answer.getvalue().decode().splitlines()
    assert len(rows) == 301
    assert rows[0].endswith("motivo_de_rechazo") or ";" in rows[0]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Event.objects.latest("pk").action == "DESCARGA"


def test_the_same_file_again_says_that_it_was_in_already(hugo: Client) -> None:
    through(hugo, ("corredores.csv", ROWS))
    assert "ya estaba cargado: no había nada que cambiar" in through(hugo, ("corredores.csv", ROWS))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), "Elige un archivo."),
        ((("vacio.csv", b""),), "«vacio.csv» está vacío."),
        ((("foto.png", b"\x89PNG\r\n\x1a\n\0"),), "«foto.png» no es CSV, Excel (.xlsx)"),
        ((("<b>.xls", b"\xd0\xcf\x11\xe0"),), "«&lt;b&gt;.xls» es un Excel antiguo"),
        ((("a.csv", b"x" * (3 << 20)),), "Es demasiado grande: hasta 1 MB a la vez."),
        ((("a.csv", b"x" * (1 << 20)), ("b.csv", b"y")), "Es demasiado grande: hasta 1 MB"),
    ],
)
def test_what_cannot_be_loaded_is_said_beside_the_form(
    hugo: Client, settings: Any, files: Any, said: str
) -> None:
    settings.UPLOAD_MEGABYTES = 1
    answer = send(hugo, *files)
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'type="file"' in text(answer)
    assert not Upload.objects.exists()


def test_a_storage_that_takes_nothing_is_said_and_nothing_is_left(hugo: Client, home: Path) -> None:
    (home / "files").write_text("a file where the folder should be")
    answer = send(hugo, ("corredores.csv", ROWS))
    assert answer.status_code == 422
    assert "No se pudo guardar lo que enviaste" in text(answer)
    assert not Upload.objects.exists()


def test_the_history_has_pages_and_every_door(hugo: Client) -> None:
    for number in range(60):
        Receipt.objects.create(file=f"{number}.csv", kind="cuotas", loaded_by="consola (core)")
    first, last = text(hugo.get(CARGAS)), text(hugo.get(f"{CARGAS}?pagina=3"))
    assert "59.csv" in first
    assert "35.csv" in first
    assert "34.csv" not in first
    assert "1–25 de 60" in first
    assert "51–60 de 60" in last
    assert ">0.csv" in last
    assert "consola (core)" in last


def test_a_zip_of_many_files_is_a_table_with_what_was_refused_first(hugo: Client) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for number in range(7):
            archive.writestr(
                f"corredor-{number}.csv", content({**BROKERAGE, "codigo": str(number)})
            )
        archive.writestr("malas.csv", content({**INSTALLMENT, "importe": "x"}))
    told = through(hugo, ("entrega.zip", packed.getvalue()))
    assert "Cargado: 7" in told
    assert "Rechazado: 1" in told
    assert told.index("malas.csv</a>") < told.index("corredor-0.csv</a>")


def test_two_of_the_staff_see_the_same_uploads(hugo: Client) -> None:
    address = send(hugo, ("corredores.csv", ROWS)).headers["Location"]
    administrator = people.staff("jefa", staff_role=StaffRole.ADMINISTRATOR)
    for other in (operations("olga"), administrator):
        assert at_the_desk(other).get(address).status_code == 200


def somebody(who: str) -> User:
    if who == "broker":
        return people.member(people.brokerage("A"))
    if who == "stranger":
        return people.user("nadie")
    return people.staff(staff_role=StaffRole.SUPPORT if who == "support" else StaffRole.AUDITOR)


@pytest.mark.parametrize("who", ["broker", "support", "auditor", "stranger"])
def test_others_find_nothing_and_not_a_byte_of_theirs_is_read(who: str, hugo: Client) -> None:
    through(hugo, ("cuotas.csv", BAD))
    upload, receipt = Upload.objects.get(), Receipt.objects.get()
    client = at_the_desk(somebody(who))
    one = {"pk": receipt.pk}
    for address in (
        CARGAS, reverse("upload", kwargs={"pk": upload.pk}), reverse("receipt", kwargs=one),
        reverse("rejected_rows", kwargs=one), reverse("tokens"),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert client.generic("POST", CARGAS, **unreadable()).status_code == 404
    assert "Cargas" not in text(client.get("/gestion/"))


def test_nor_of_somebody_who_has_not_signed_in() -> None:
    answer = Client().generic("POST", CARGAS, **unreadable())
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/ingresar/")


def test_a_file_of_another_site_is_refused(hugo: Client) -> None:
    hugo.handler.enforce_csrf_checks = True
    assert send(hugo, ("corredores.csv", ROWS)).status_code == 403
    assert not Upload.objects.exists()


def test_other_pages_take_no_files(settings: Any, home: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(home)
    before = set(home.iterdir())
    big = SimpleUploadedFile("a.csv", b"x" * (3 << 20))
    Client().post("/ingresar/", {"login": "ana", "password": "x", "archivo": big})
    assert set(home.iterdir()) == before


def test_reading_a_receipt_is_recorded(hugo: Client) -> None:
    through(hugo, ("corredores.csv", ROWS))
    hugo.get(reverse("receipt", kwargs={"pk": Receipt.objects.get().pk}))
    event = Event.objects.latest("pk")
    assert (event.action, event.username) == ("CONSULTA", "hugo")
