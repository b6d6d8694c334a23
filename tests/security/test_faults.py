"""What breaks under people's feet: a web process, the database, a crowd at the door."""

import io
import os
import re
import shlex
import signal
import socket
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

from tests import chromium
from tests.browser.conftest import sign_in

from .live import Live, live

pytestmark = pytest.mark.slow

LIST = "/estados-de-cuenta/cuotas"
_CALM = 6  # seconds; a process that dies twice within 5.5 ends the server: its supervisor's turn


@pytest.fixture(scope="module")
def portal() -> Iterator[Live]:
    """With the number of web processes that the portal ships with."""
    with live(CORREDORES_EXPORTS_PER_MINUTE="1000") as running:
        yield running


@pytest.fixture(scope="module")
def cookie(portal: Live) -> str:
    status, cookies = portal.sign_in("corredor1")
    assert status == 302
    return cookies


def begun_export(portal: Live, cookie: str) -> tuple[socket.socket, bytes]:
    """A download of which only the beginning was read."""
    link = socket.create_connection(("127.0.0.1", portal.port), timeout=30)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asked = f"GET {LIST}.xlsx?desde=&hasta= HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}"
    link.sendall(f"{asked}\r\n\r\n".encode())
    return link, link.recv(2000)


def rest_of(link: socket.socket, head: bytes) -> bytes:
    pieces = [head]
    try:
        while piece := link.recv(65536):
            pieces.append(piece)
    except OSError:
        pass
    link.close()
    return b"".join(pieces)


def test_a_web_process_killed_in_mid_export_leaves_no_file_that_opens_and_the_next_is_served(
    portal: Live, cookie: str
) -> None:
    for _ in range(4):
        time.sleep(_CALM)
        assert len(portal.workers()) == 2
        link, head = begun_export(portal, cookie)
        assert head.startswith(b"HTTP/1.1 200")
        os.kill(portal.serving(link), signal.SIGKILL)
        assert seconds_until_served(portal, cookie) < 2
        cut = rest_of(link, head).partition(b"\r\n\r\n")[2]
        with pytest.raises((zipfile.BadZipFile, ValueError)):
            zipfile.ZipFile(io.BytesIO(cut)).testzip()
        assert not cut.endswith(b"0\r\n\r\n"), "the last chunk of a whole answer"


def test_also_when_every_web_process_is_killed_at_once(portal: Live, cookie: str) -> None:
    for _ in range(3):
        time.sleep(_CALM)
        workers = portal.workers()
        assert len(workers) == 2
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        assert seconds_until_served(portal, cookie) < 2


def seconds_until_served(portal: Live, cookie: str) -> float:
    """Until a page is whole, for somebody who asks again when refused."""
    start = time.monotonic()
    while True:
        try:
            answer = portal.ask(f"{LIST}/", cookie)
            break
        except OSError:
            assert time.monotonic() - start < 10
            time.sleep(0.02)
    assert answer.status == 200
    return time.monotonic() - start


def test_while_the_database_is_away_pages_say_so_and_soon_after_it_is_back_all_is_well(
    portal: Live, cookie: str
) -> None:
    folder = portal.home / "database"
    options = (folder / "postmaster.opts").read_text()
    assert portal.ask(f"{LIST}/", cookie).status == 200
    os.kill(portal.postmaster(), signal.SIGINT)  # a fast shutdown
    time.sleep(1)
    for address in ("/", f"{LIST}/", f"{LIST}.xlsx", "/cuenta/"):
        away = portal.ask(address, cookie)
        assert away.status == 503, address
        assert away.headers["retry-after"] == "5"
        assert "Volvemos en un momento" in away.body.decode()
        assert "Mi cuenta" not in away.body.decode(), "nobody can say whose menus"
        assert away.seconds < 10
    assert portal.ask("/livez").status == 200
    assert portal.ask("/readyz").status == 503
    _start_again(portal, options)
    start = time.monotonic()
    while portal.ask(f"{LIST}/", cookie).status != 200:
        assert time.monotonic() - start < 5
        time.sleep(0.1)
    assert portal.ask("/readyz").status == 200
    assert [portal.ask(f"{LIST}/", cookie).status for _ in range(20)] == [200] * 20


def _start_again(portal: Live, options: str) -> None:
    """With the words it was started with, as the user that it was started as."""
    folder = portal.home / "database"
    program = Path(shlex.split(options)[0]).with_name("pg_ctl")
    command = [str(program), "-D", str(folder), "-w", "-l", "/dev/null", "restart"]
    subprocess.run(command, check=True, cwd=folder, user=folder.stat().st_uid, timeout=60,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


def test_while_the_database_hangs_each_request_ends_in_time_and_life_is_told(
    portal: Live, cookie: str
) -> None:
    assert portal.ask(f"{LIST}/", cookie).status == 200
    pids = [portal.postmaster(), *_children(portal.postmaster())]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(portal.ask, f"{LIST}/", cookie) for _ in range(4)]
            time.sleep(0.5)
            assert portal.ask("/livez").seconds < 1
            answers = [it.result() for it in asked]
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    assert {it.status for it in answers} == {503}
    assert max(it.seconds for it in answers) < 12
    start = time.monotonic()
    while portal.ask(f"{LIST}/", cookie).status != 200:
        assert time.monotonic() - start < 5


def _children(parent: int) -> list[int]:
    with open(f"/proc/{parent}/task/{parent}/children") as file:  # noqa: PTH123 - procfs
        return [int(it) for it in file.read().split()]


def test_two_hundred_who_sign_in_at_once_do_not_stop_who_is_in(portal: Live, cookie: str) -> None:
    def middle() -> float:
        return sorted(portal.ask(f"{LIST}/", cookie).seconds for _ in range(15))[7]

    alone = middle()
    statuses: list[int] = []
    crowd = [
        threading.Thread(target=lambda n=n: statuses.append(portal.sign_in(f"nadie{n}", "x")[0]))
        for n in range(200)
    ]
    for it in crowd:
        it.start()
    crowded, worst = middle(), portal.ask(f"{LIST}/", cookie).seconds
    for it in crowd:
        it.join()
    assert set(statuses) <= {200, 429, 503}
    assert len(statuses) == 200
    assert crowded < max(1.0, 10 * alone), (alone, crowded)
    assert worst < 5


def test_the_brake_counts_over_all_web_processes(portal: Live) -> None:
    assert len(portal.workers()) == 2
    statuses = [portal.sign_in("lector1", "no es esta")[0] for _ in range(14)]
    assert statuses.count(200) <= 10
    assert statuses[-1] == 429


def ends_in(portal: Live, user: str, seconds: int) -> None:
    """As if the person had done nothing for half an hour, less these seconds."""
    folder = (portal.home / "database" / "postmaster.pid").read_text().splitlines()[4]
    dsn = f"host='{folder}' dbname=corredores user=corredores_owner"
    with psycopg.connect(dsn) as link:
        link.execute(
            "update accounts_session set expire_date = now() + %s * interval '1 second'"
            " from accounts_user u where u.id = user_id and u.username = %s",
            [seconds, user],
        )


def test_two_minutes_before_its_end_a_session_asks_whether_to_go_on(portal: Live) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=list(chromium.ARGUMENTS)
        )
        page = browser.new_page(base_url=f"http://localhost:{portal.port}")
        sign_in(page, "auditor")
        asked = page.get_by_role("dialog", name="¿Sigues ahí?")
        page.goto("/gestion/")
        expect(asked).to_be_hidden()
        ends_in(portal, "auditor", 119)
        page.reload()
        expect(asked).to_contain_text("Tu sesión termina en 1 min")
        page.get_by_role("button", name="Seguir conectado").click()
        expect(asked).to_be_hidden()
        assert page.request.get("/sesion/").json()["segundos"] > 1700
        ends_in(portal, "auditor", 4)
        page.reload()
        expect(page).to_have_url(re.compile("/ingresar/.next=%2Fgestion%2F"), timeout=20_000)
        browser.close()


def test_a_head_has_no_body_and_a_range_shows_no_more(portal: Live, cookie: str) -> None:
    for ending in ("/", ".xlsx", ".csv", ".pdf?linea=SALUD", ".json"):
        head = portal.ask(f"{LIST}{ending}", cookie, "HEAD")
        assert (head.status, head.body) == (200, b"")
    whole = portal.ask(f"{LIST}.csv", cookie)
    part = portal.ask(f"{LIST}.csv", cookie, Range="bytes=0-99")
    assert (part.status, part.body[:50]) in ((200, whole.body[:50]), (206, whole.body[:50]))


def test_the_log_of_all_this_holds_nobodys_data_and_no_password(portal: Live) -> None:
    portal.sign_in("corredor1", "no es esta")
    portal.ask(f"{LIST}/?contratante=corredor1&desde=2026-01-01", "sesion=x")
    lines = [it for it in portal.log().splitlines() if it.startswith("{")]
    assert any(f"{LIST[1:]}/" in it for it in lines)
    said = "\n".join(lines)
    for word in ("corredor1", "nadie1", "lector1", "cuotas-al-dia", "desde=", "sesion="):
        assert word not in said
