"""What a browser is told with every answer: headers, cookies, methods, hosts, attachments."""

import re
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from corredores.accounts.models import StaffRole
from tests import people

from .doors import browser, enter

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
POLICY = {
    "default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'",
    "form-action": "'self'", "connect-src": "'self'", "font-src": "'self'",
    "img-src": "'self' data:", "manifest-src": "'self'",
}  # fmt: skip
LIST = "/estados-de-cuenta/cuotas"
KINDS = {
    "door": ("GET", "/ingresar/", 200),
    "list": ("GET", f"{LIST}/", 200),
    "list with a mistake": ("GET", f"{LIST}/?pagina=x", 400),
    "xlsx": ("GET", f"{LIST}.xlsx", 200),
    "csv": ("GET", f"{LIST}.csv", 200),
    "pdf": ("GET", f"{LIST}.pdf", 200),
    "json": ("GET", f"{LIST}.json", 200),
    "voucher": ("GET", "voucher", 200),
    "account": ("GET", "/cuenta/", 200),
    "people": ("GET", "/gestion/personas/", 200),
    "trail": ("GET", "/gestion/auditoria/", 200),
    "seconds left": ("GET", "/sesion/", 200),
    "redirect": ("GET", "/admin/", 302),
    "not there": ("GET", "/no-existe/", 404),
    "not allowed": ("DELETE", f"{LIST}/", 405),
    "invented method": ("FOO", f"{LIST}/", 405),
    "another's host": ("GET", "host", 400),
    "too big": ("POST", "big", 413),
}


def ask(kind: str) -> Any:
    """An answer of that kind over https, as an administrator of a brokerage."""
    method, address, status = KINDS[kind]
    a = people.brokerage("A")
    people.installment(a)
    client = browser(None if kind == "door" else people.member(a))
    more: dict[str, Any] = {"secure": True}
    if address == "voucher":
        address = reverse("voucher_pdf", kwargs={"pk": people.voucher(a).pk})
    if address == "host":
        address, more["HTTP_HOST"] = f"{LIST}/", "evil.example"
    if address == "big":
        address = "/sesion/seguir/"
        more |= {"data": b"a=" + b"x" * 3_000_000, "HTTP_ORIGIN": "https://testserver",
                 "content_type": "application/x-www-form-urlencoded"}  # fmt: skip
        client.handler.enforce_csrf_checks = True
        client.get("/cuenta/clave/", secure=True)
    answer = client.generic(method, address, **more)
    assert answer.status_code == status
    answer.getvalue()  # a file of its own is closed at its end
    return answer


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_every_header(kind: str) -> None:
    answer = ask(kind)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "no-store" in answer.headers["Cache-Control"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "X-Powered-By" not in answer.headers
    csp = dict(part.strip().split(" ", 1) for part in
               answer.headers["Content-Security-Policy"].split(";") if part.strip())  # fmt: skip
    assert csp.items() >= POLICY.items()
    assert "unsafe" not in str(csp)
    assert csp["script-src"] == csp["style-src"] == "'self'"


def test_a_static_file_is_kept_by_browsers_and_sniffed_by_none(settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    answer = browser().get(f"/static/{'web/brand.svg'}", secure=True)
    assert (answer.status_code, answer.getvalue()[:4]) == (200, b"<svg")
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "Content-Security-Policy" in answer.headers
    assert staticfiles_storage.url("web/brand.svg").startswith("/static/")


@pytest.mark.parametrize("address", ["/", "/cuenta/", f"{LIST}/", "/ingresar/", "/admin/"])
def test_no_page_has_a_script_or_a_style_of_its_own(address: str) -> None:
    """What the policy would refuse is not there to be refused."""
    user = people.staff(staff_role=StaffRole.ADMINISTRATOR) if address == "/admin/" else None
    user = user or people.member(people.brokerage("A"))
    page = browser(None if address == "/ingresar/" else user).get(address).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=.?application/json)[^>]*>", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []


def test_cookies_are_the_hosts_own_secret_from_scripts_and_only_for_https() -> None:
    people.user("ana")
    client = browser()
    enter(client, "ana")
    assert set(client.cookies) == {"__Host-sesion", "__Host-csrf", "__Host-equipo"}
    for cookie in client.cookies.values():
        assert cookie["secure"], cookie.key
        assert cookie["httponly"], cookie.key
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_files_are_attachments_with_a_plain_name(ending: str) -> None:
    a = people.brokerage("A")
    people.installment(a, holder=people.policyholder(a, 'x"; y\r\nZ: z'))
    answer = browser(people.member(a)).get(f"{LIST}.{ending}?contratante=%22%0d%0aSet-Cookie:a")
    answer.getvalue()
    disposition = answer.headers.get("Content-Disposition", "")
    assert answer.status_code == 200, "a hostile filter is only a filter"
    assert re.fullmatch(rf'attachment; filename="[\w.\-]+\.{ending}"', disposition)
    assert "Set-Cookie:a" not in str(answer.headers)


@pytest.mark.parametrize("number", ['L"1', "L;1", "../../etc/passwd", "L\r\n1", "Ñ1"])
def test_a_papers_name_is_made_of_plain_letters_whatever_its_number(number: str) -> None:
    a = people.brokerage("A")
    people.settlement(a, number=number)
    address = reverse("settlement_pdf", kwargs={"number": number}) if "/" not in number else ""
    answer = browser(people.member(a)).get(address or f"/liquidaciones/{number}.pdf")
    if answer.status_code == 200:
        name = answer.headers["Content-Disposition"]
        assert re.fullmatch(r'attachment; filename="[\w.\-]+"', name), name
    else:
        assert answer.status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@e.pe"])
def test_another_hosts_name_is_refused(host: str) -> None:
    answer = browser().get("/ingresar/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert host not in answer.content.decode()


def test_a_forwarded_host_is_not_believed() -> None:
    answer = browser().get("/cuenta/", HTTP_X_FORWARDED_HOST="evil.example")
    assert answer.url == "/ingresar/?next=/cuenta/"


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/.env", "/static/../settings.py", "/static/%2e%2e/%2e%2e/settings.py",
     "/static/", "/metrics", "/debug/", "/static/web/"],
)  # fmt: skip
def test_nothing_of_the_program_is_served(address: str) -> None:
    boss = people.staff(staff_role=StaffRole.ADMINISTRATOR)
    for client in (browser(), browser(boss)):
        assert client.get(address).status_code == 404
