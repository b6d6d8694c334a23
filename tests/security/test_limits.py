"""Too much, too long, too big, too often: each ends in words, in time, and harms nobody else."""

import re
import threading
import time
from typing import Any
from urllib.parse import quote

import pytest
from django.db import OperationalError, connection, transaction

from corredores.database import viewing
from corredores.database.deadline import deadline
from corredores.web import downloads, middleware
from tests import people

from .doors import browser

pytestmark = pytest.mark.django_db

LIST = "/estados-de-cuenta/cuotas"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("SEARCHES_PER_MINUTE", f"{LIST}/"),
        ("SEARCHES_PER_MINUTE", f"{LIST}.json"),
        ("EXPORTS_PER_MINUTE", f"{LIST}.csv"),
        ("EXPORTS_PER_MINUTE", "/gestion/auditoria.csv"),
    ],
)
def test_too_many_in_a_minute_are_asked_to_wait_and_others_are_not(
    settings: Any, setting: str, address: str
) -> None:
    setattr(settings, setting, 3)
    a = people.brokerage("A")
    me, other = browser(people.member(a)), browser(people.member(a))
    statuses = []
    for _ in range(4):
        answer = me.get(address)
        answer.getvalue()
        statuses.append(answer.status_code)
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert re.search(r"Espera .*<code>[0-9A-F]{8}</code>", answer.content.decode(), re.S)
    assert other.get(address).getvalue()


def test_a_query_of_a_page_ends_with_its_time() -> None:
    start = time.monotonic()
    viewer = people.administrator(people.brokerage("A"))
    with pytest.raises(OperationalError), viewing(viewer, timeout="200ms"):
        run("select pg_sleep(30)")
    assert time.monotonic() - start < 5


def test_a_page_has_ten_seconds_for_each_query() -> None:
    with viewing(people.administrator(people.brokerage("A"))), connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        assert cursor.fetchone() == ("10s",)


@pytest.mark.django_db(transaction=True)
def test_work_that_hangs_is_cut_at_its_deadline_and_the_next_has_a_connection() -> None:
    start = time.monotonic()
    run("set client_connection_check_interval = '100ms'")  # as the web has it
    with pytest.raises(OperationalError), deadline(0.5):
        run("select pg_sleep(30)")
    assert 0.4 < time.monotonic() - start < 3
    connection.close()
    with deadline(5), connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_page_whose_row_somebody_holds_is_a_503_in_time_and_works_again_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(middleware, "_SECONDS", 1)
    client = browser(people.member(people.brokerage("A")))
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("lock table accounts_membership in access exclusive mode")
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(5)
    start = time.monotonic()
    answer = client.get("/")
    taken = time.monotonic() - start
    done.set()
    holder.join()
    connection.close()  # what it still waited for has its lock now, and ends
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Volvemos en un momento" in answer.content.decode()
    assert taken < 4
    assert client.get("/").status_code == 200


LONG = "x" * 10_000
EXPENSIVE = {
    "10 kB of text": f"contratante={LONG}",
    "only wildcards": "contratante=%25_%25_%25_%25_%25_&poliza=%25%25%25%25",
    "many words": "contratante=" + "+".join("abcdefgh"),
    "a hundred years": "desde=1926-01-01&hasta=2026-12-31",
    "page 10^9": "pagina=1000000000&desde=&hasta=",
    "page of 400 digits": "pagina=" + "9" * 400,
    "200 order keys": "orden=" + ",".join(["-fecha_pago", "poliza"] * 100),
    "200 orders": "&".join(["orden=poliza"] * 200),
    "1,000 states": "&".join(["estado=VENCIDA"] * 1000),
    "2,000 parameters": "&".join(f"p{n}=1" for n in range(2000)),
    "nested quotes": "contratante=" + "%27%22%5C" * 1000,
}


@pytest.mark.parametrize("query", EXPENSIVE.values(), ids=EXPENSIVE)
@pytest.mark.parametrize("ending", ["/", ".json", ".csv"])
def test_what_is_expensive_to_ask_is_refused_or_quick(query: str, ending: str) -> None:
    a = people.brokerage("A")
    people.installment(a)
    client = browser(people.member(a))
    client.get(f"{LIST}/")  # a process's first page makes its templates
    spent = []
    for _ in range(2):  # the faster of two: a collection of garbage may fall into one
        start = time.thread_time()  # of ours alone, whatever else this machine does
        answer = client.get(f"{LIST}{ending}?{query}")
        answer.getvalue()
        spent.append(time.thread_time() - start)
        assert answer.status_code in (200, 400, 413, 422)
    assert min(spent) < 1


HOSTILE = ["\x00", "%00", "..", "%2e%2e%2f", "'", '"', "--", "\\", "\ud800", "🙂", "1" * 400, "-1",
           "1e9", "NaN", "{{7777*7777}}", "${7777*7777}", "\r\nSet-Cookie: a=b", "' or 1=1 --", "%",
           "_", "<script>", "\u202e", "9223372036854775808"]  # fmt: skip
PLACES = [
    "/estados-de-cuenta/cuotas/{}/", "/comprobantes/{}.pdf", "/liquidaciones/{}.pdf",
    "/reportes/vida/{}/", "/reportes/vida/{}.xlsx", "/invitacion/{}/", "/clave/nueva/{}-{}/",
    "/gestion/personas/{}/", "/estados-de-cuenta/cuotas/?contratante={}",
    "/estados-de-cuenta/cuotas.csv?poliza={}", "/estados-de-cuenta/cuotas/?{}=1",
    "/estados-de-cuenta/cuotas/?orden={}", "/estados-de-cuenta/cuotas/?pagina={}",
    "/gestion/auditoria/?usuario={}", "/gestion/auditoria/?documento={}", "/ingresar/?next={}",
    "/reportes/vida/liquidaciones-pendientes.csv?corte={}",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_hostile_text_anywhere_makes_the_portal_fail(settings: Any, place: str) -> None:
    settings.SEARCHES_PER_MINUTE = settings.EXPORTS_PER_MINUTE = 10**6
    a = people.brokerage("A")
    people.installment(a)
    client, wrong = browser(people.member(a)), []
    for text in HOSTILE:
        given = quote(text.encode("utf-8", "surrogatepass"))
        answer = client.get(place.format(given, given), REMOTE_ADDR="203.0.113.8")
        answer.getvalue()
        if answer.status_code >= 500:
            wrong.append(repr(text))
        elif "text/html" in answer.headers.get("Content-Type", ""):
            assert "<script>" not in answer.content.decode().replace("<script type", "")
            assert "60481729" not in answer.content.decode()
    assert wrong == []


FORMS = {
    "/ingresar/": ("login", "password", "next"),
    "/clave/olvidada/": ("email",),
    "/corredora/cambiar/": ("brokerage",),
    "/cuenta/sesiones/cerrar/": ("sesion",),
    "/cuenta/clave/": ("oldpassword", "password1", "password2"),
    "/gestion/personas/invitar/": ("email", "role", "lines"),
    "/ingresar/llave/": ("credential",),
}


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("who", ["nobody", "administrator"])
def test_no_hostile_field_makes_the_portal_fail(address: str, who: str) -> None:
    client = browser(people.member(people.brokerage("A")) if who == "administrator" else None)
    for n, text in enumerate(it for it in HOSTILE if it != "\ud800"):
        fields = dict.fromkeys(FORMS[address], text)
        answer = client.post(address, fields, REMOTE_ADDR=f"203.0.113.{n}")
        assert answer.status_code < 500, repr(text)


def test_a_download_that_fails_at_any_moment_gives_its_place_back(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = people.brokerage("A")
    people.installment(a)
    client = browser(people.member(a))

    def broken(*_: Any) -> Any:
        raise OperationalError

    for name in ("freshness", "file_name", "write_csv"):
        with monkeypatch.context() as patch:
            patch.setattr(downloads, name, broken)
            for _ in range(settings.EXPORTS_AT_ONCE + 1):
                assert client.get(f"{LIST}.csv").status_code == 503
    for _ in range(settings.EXPORTS_AT_ONCE + 1):
        stream = downloads._Stream(None, lambda: iter(()))  # type: ignore[arg-type]
        assert downloads._places.acquire(blocking=False)
        stream._pieces = _Unclosable()
        with pytest.raises(OperationalError):
            stream.close()
    assert client.get(f"{LIST}.xlsx").getvalue()


class _Unclosable:
    """A body whose database has gone: leaving its transaction fails."""

    def __next__(self) -> bytes:
        raise StopIteration

    def __iter__(self) -> "_Unclosable":
        return self

    def close(self) -> None:
        raise OperationalError
