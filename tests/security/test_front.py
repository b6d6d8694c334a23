"""docs/nginx.conf, run by nginx before a portal: TLS, who asks, slow people, double meanings."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from .live import PASSWORD, ROOT, Live, live

CONFIGURATION = (ROOT / "docs" / "nginx.conf").read_text()
HOST = "portal.example.pe"
LIST = "/estados-de-cuenta/cuotas"
needs_nginx = pytest.mark.skipif(
    not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()),
    reason="needs nginx: apt-get install nginx-light",
)


def test_the_configuration_speaks_tls_1_2_or_newer_and_logs_no_address() -> None:
    (versions,) = re.findall(r"ssl_protocols (.+);", CONFIGURATION)
    assert set(versions.split()) == {"TLSv1.2", "TLSv1.3"}
    assert "access_log off;" in CONFIGURATION
    assert "$proxy_add_x_forwarded_for" not in CONFIGURATION, "a client's word would be passed on"


@dataclass(frozen=True)
class Front:
    """A portal behind nginx."""

    portal: Live
    plain: int
    secure: int

    def link(self, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLSocket:
        """An encrypted connection that speaks this version."""
        how = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        how.check_hostname, how.verify_mode = False, ssl.CERT_NONE
        how.set_ciphers("ALL:@SECLEVEL=0")
        how.minimum_version = how.maximum_version = version
        plain = socket.create_connection(("127.0.0.1", self.secure), timeout=30)
        try:
            return how.wrap_socket(plain, server_hostname=HOST)
        except OSError:
            plain.close()
            raise

    def ask(
        self, path: str, method: str = "GET", body: str = "", **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        way = http.client.HTTPSConnection(HOST)
        way.sock = self.link()
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        way.request(method, path, body or None, {"Referer": f"https://{HOST}/", **headers})
        answer = way.getresponse()
        text = answer.read().decode("utf-8", "replace")
        way.close()
        return answer, text

    def sign_in(self, **headers: str) -> str:
        door, page = self.ask("/ingresar/")
        csrf = str(door.headers["set-cookie"]).split(";")[0]
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"login": "corredor1", "password": PASSWORD, "csrfmiddlewaretoken": token}
        body = urllib.parse.urlencode(fields)
        answer, _page = self.ask("/ingresar/", "POST", body, Cookie=csrf, **headers)
        assert answer.status == 302
        given = answer.headers.get_all("set-cookie") or []
        assert all("secure" in it.lower() and it.startswith("__Host-") for it in given)
        return "; ".join([csrf, *(it.split(";")[0] for it in given)])


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("nginx")
    with ExitStack() as until_the_end:
        settings = {"ALLOWED_HOSTS": f'["{HOST}", "127.0.0.1"]', "TRUSTED_PROXIES": '["127.0.0.1"]',
                    "SECURE_COOKIES": "true"}  # fmt: skip
        named = {f"CORREDORES_{name}": value for name, value in settings.items()}
        portal = until_the_end.enter_context(live(**named))
        plain, secure = free_port(), free_port()
        (folder / "nginx.conf").write_text(_around(folder, portal.port, plain, secure))
        _certificate(folder)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
        until_the_end.callback(process.wait, 30)
        until_the_end.callback(process.terminate)
        _wait_for(secure)
        yield Front(portal, plain, secure)


def _around(folder: Path, portal: int, plain: int, secure: int) -> str:
    """The configuration on this machine's ports, inside what the distribution has around it."""
    ours = CONFIGURATION.replace("127.0.0.1:8000", f"127.0.0.1:{portal}")
    ours = ours.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    ours = ours.replace("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;")
    ours = ours.replace("/etc/ssl/portal/", f"{folder}/")
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in kept)
    head = f"daemon off;\nuser root;\npid {folder}/pid;\nerror_log {folder}/error.log crit;\n"
    return f"{head}events {{}}\nhttp {{\n{temporary}{ours}\n}}\n"


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", f"/CN={HOST}", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until
        time.sleep(0.05)


@needs_nginx
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1")
def test_only_tls_1_2_or_newer_is_spoken_and_plain_http_leads_there(front: Front) -> None:
    with pytest.raises(ssl.SSLError):
        front.link(ssl.TLSVersion.TLSv1_1)
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        with front.link(version) as link:
            assert link.version() == version.name.replace("_", ".")
    way = http.client.HTTPConnection("127.0.0.1", front.plain)
    way.request("GET", f"{LIST}/?poliza=1", headers={"Host": HOST})
    answer = way.getresponse()
    assert answer.status == 301
    assert answer.headers["location"] == f"https://{HOST}{LIST}/?poliza=1"
    assert "set-cookie" not in answer.headers
    way.close()


@needs_nginx
@pytest.mark.slow
def test_a_person_signs_in_and_a_forged_address_goes_no_further(front: Front) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    cookie = front.sign_in(**forged, **{"X-Forwarded-Proto": "http"})
    answer, page = front.ask("/cuenta/", Cookie=cookie, **forged)
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    assert "Desde 127.0.0.1" in page
    assert "203.0.113.9" not in page
    assert "nginx/" not in str(answer.headers)


@needs_nginx
@pytest.mark.slow
@pytest.mark.parametrize(
    "framing",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
    ],
)
def test_a_request_with_two_ends_reaches_nobody(front: Front, framing: str) -> None:
    """What is inside is not answered as a second request."""
    inside = "0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
    asked = f"POST /ingresar/ HTTP/1.1\r\nHost: {HOST}\r\n{framing}\r\nConnection: close\r\n\r\n"
    with front.link() as link:
        link.sendall((asked + inside).encode())
        said = b""
        while piece := link.recv(65536):
            said += piece
    assert re.match(rb"HTTP/1.1 (400|403|501)", said), said[:100]
    assert said.count(b"HTTP/1.1 ") == 1
    assert b"vivo" not in said


@needs_nginx
@pytest.mark.slow
def test_slow_readers_and_writers_keep_nobody_waiting(front: Front) -> None:
    cookie = front.sign_in()
    links = [front.link() for _ in range(40)]
    try:
        for n, link in enumerate(links):
            head = f"GET {LIST}.csv?desde=&hasta= HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\n"
            slow_writer = (
                f"POST /ingresar/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 9000\r\n\r\nx"
            )
            link.sendall((head + "\r\n" if n % 2 else slow_writer).encode())
        time.sleep(2)
        started = time.monotonic()
        answer, _text = front.ask("/livez")
        assert answer.status == 200
        assert time.monotonic() - started < 1
        assert front.ask(f"{LIST}/", Cookie=cookie)[0].status == 200
    finally:
        for link in links:
            link.close()
