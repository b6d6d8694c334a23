"""Every address × method × role, from the URL resolver: a new address cannot be forgotten."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from corredores.accounts import brakes
from corredores.accounts.business_line import BusinessLine
from corredores.catalog import REPORTS

from .conftest import at_noon
from .roles import ROLES, World, through_the_web

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

Statuses = tuple[int, ...]
NEVER = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO")

# In the order of ROLES: nobody, administrator, other, collector, reader, staff, staff_as, stranger,
# auditor, operations. Who works at the insurer and sees as no brokerage is led elsewhere (302).
PAGE: Statuses = (302, 200, 200, 200, 200, 302, 200, 403, 302, 302)
ONE_OF_A: Statuses = (302, 200, 404, 200, 404, 302, 200, 403, 302, 302)
ONE_OF_A_IN_LIFE: Statuses = (302, 200, 404, 200, 200, 302, 200, 403, 302, 302)
TOO_OLD: Statuses = (302, 410, 404, 410, 404, 302, 410, 403, 302, 302)
NOT_LIFE: Statuses = (302, 200, 200, 200, 404, 302, 200, 403, 302, 302)
ABSENT: Statuses = (302, 404, 404, 404, 404, 302, 404, 403, 302, 302)
# The stock admin: who works at the insurer enters, and each role finds its own there.
STAFF: Statuses = (302, 302, 302, 302, 302, 200, 200, 302, 200, 200)
STAFF_NOT: Statuses = (302, 302, 302, 302, 302, 403, 403, 302, 403, 403)
STAFF_LED: Statuses = (302, 302, 302, 302, 302, 302, 302, 302, 302, 302)
STAFF_ABSENT: Statuses = (302, 302, 302, 302, 302, 404, 404, 302, 404, 404)
STAFF_READS_NOT: Statuses = (302, 302, 302, 302, 302, 405, 405, 302, 405, 405)
ADMINISTRATOR: Statuses = (302, 302, 302, 302, 302, 200, 403, 302, 403, 403)
OPERATIONS: Statuses = (302, 302, 302, 302, 302, 200, 403, 302, 403, 200)
APP: Statuses = (302, 302, 302, 302, 302, 200, 404, 302, 404, 200)
# What everybody has who is signed in: the own account and the guide.
OWN: Statuses = (302, 200, 200, 200, 200, 200, 200, 200, 200, 200)
OWN_LED: Statuses = (302,) * 10
OWN_ABSENT: Statuses = (302, 404, 404, 404, 404, 404, 404, 404, 404, 404)
OWN_READ_ONLY: Statuses = (302, *(405,) * 9)
OPEN: Statuses = (200,) * 10
GONE: Statuses = (404,) * 10
# People of A: who administers them; nobody else finds the page.
PEOPLE: Statuses = (302, 200, 200, 404, 404, 404, 404, 404, 404, 404)
PEOPLE_OF_A: Statuses = (302, 200, 404, 404, 404, 404, 404, 404, 404, 404)
PEOPLE_CHANGED: Statuses = (302, 302, 404, 404, 404, 404, 404, 404, 404, 404)
PEOPLE_WRONG: Statuses = (302, 422, 422, 404, 404, 404, 404, 404, 404, 404)
PEOPLE_WRONG_OF_A: Statuses = (302, 422, 404, 404, 404, 404, 404, 404, 404, 404)
TRAIL: Statuses = (302, 200, 200, 404, 404, 200, 404, 404, 200, 404)
MANAGES: Statuses = (302, 200, 200, 404, 404, 200, 200, 404, 200, 200)
# Who runs the loads at the insurer, and who makes tokens; nobody else finds the page.
LOADS: Statuses = (302, 404, 404, 404, 404, 200, 404, 404, 404, 200)
LOADS_WRONG: Statuses = (302, 404, 404, 404, 404, 422, 404, 404, 404, 422)
TOKENS: Statuses = (302, 404, 404, 404, 404, 200, 404, 404, 404, 404)
TOKENS_WRONG: Statuses = (302, 404, 404, 404, 404, 422, 404, 404, 404, 404)
TOKENS_LED: Statuses = (302, 404, 404, 404, 404, 302, 404, 404, 404, 404)
# The API knows no session: whoever is signed in is nobody there.
NO_TOKEN: Statuses = (401,) * 10
EVERYONE: Statuses = (302,) * 10
NOT_ALLOWED: Statuses = (405,) * 10


@dataclass(frozen=True)
class Expected:
    """One address as an example, and what each role gets by GET (and HEAD) and by POST."""

    get: Statuses
    post: Statuses = NOT_ALLOWED
    values: Callable[[World], dict[str, Any]] = lambda _world: {}
    head: Statuses = ()  # where it is not the same as by GET

    def of(self, method: str, place: int) -> int:
        if method in NEVER:
            return 405
        return {"POST": self.post, "HEAD": self.head or self.get}.get(method, self.get)[place]


def at(**values: Any) -> Callable[[World], dict[str, Any]]:
    """Values of an address that are the same in every world."""
    return lambda _world: values


def files_of(**endings: Statuses) -> list[Expected]:
    return [Expected(get, values=at(ending=ending)) for ending, get in endings.items()]


def reports_of(*endings: str) -> list[Expected]:
    """Each report of the catalogue and one that no line has, the endings in turn."""
    known = [(line, report.slug) for line, reports in REPORTS.items() for report in reports]
    absent = [(line, "no-existe") for line in REPORTS]
    turns = cycle([{"ending": ending} for ending in endings] or [{}])
    return [
        Expected(
            ABSENT if slug == "no-existe" else PAGE if line == BusinessLine.VIDA else NOT_LIFE,
            values=at(line=line.lower(), slug=slug, **next(turns)),
        )
        for line, slug in [*known, *absent]
    ]


def lines_of_reports() -> list[Expected]:
    return [
        Expected(
            PAGE if line == BusinessLine.VIDA else NOT_LIFE,
            values=at(line=line.lower()),
        )
        for line in BusinessLine
    ]


def stock(
    model: str, reads: Statuses, writes: Statuses, *, delete: Statuses = STAFF_NOT
) -> dict[str, Any]:
    """Django's stock admin of a model; the object is one that is not there."""
    one = at(object_id="0")
    changes = Expected(led_or(reads), led_or(writes), one)  # absent: said in a message
    return {
        f"admin:{model}_changelist": Expected(reads, reads),
        f"admin:{model}_add": Expected(writes, writes),
        f"admin:{model}_change": changes,
        f"admin:{model}_delete": Expected(led_or(delete), led_or(delete), one),
        f"admin:{model}_history": Expected(STAFF_LED, STAFF_LED, one),
    }


def led_or(statuses: Statuses) -> Statuses:
    """Led to the index where the table says 200, as the object is not there; else as it says."""
    return tuple(302 if status == 200 else status for status in statuses)


LIST = Expected(PAGE)
TABLE: dict[str, Expected | list[Expected]] = {
    "home": LIST,
    "help": Expected(OWN),
    "account_login": Expected((200, *EVERYONE[1:]), (200, *EVERYONE[1:])),
    "mfa_authenticate": Expected(EVERYONE, EVERYONE),  # only between the two steps
    "mfa_login_webauthn": Expected(EVERYONE, EVERYONE),
    "invitation_link": Expected(GONE, values=at(token="x" * 43)),
    "invitation": Expected(GONE, GONE),
    "account_reset_password": Expected(OPEN, OPEN),
    "account_reset_password_from_key": Expected(OPEN, OPEN, at(uidb36="1", key="set-password")),
    "account_reset_password_from_key_done": Expected(OPEN),
    "session_left": Expected(OPEN, head=NOT_ALLOWED),
    "session_stay": Expected(NOT_ALLOWED, OPEN),
    "account": Expected(OWN),
    "end_session": Expected(NOT_ALLOWED, OWN_ABSENT),
    "account_change_password": Expected(OWN, OWN),
    "account_reauthenticate": Expected(OWN, OWN),
    "mfa_reauthenticate": Expected(OWN_LED, OWN_LED),
    "mfa_reauthenticate_webauthn": Expected(OWN_LED, OWN_LED),
    "mfa_index": Expected(OWN, OWN_READ_ONLY),
    "mfa_activate_totp": Expected(OWN_LED, OWN_LED),
    "mfa_deactivate_totp": Expected(OWN_ABSENT, OWN_ABSENT),
    "mfa_view_recovery_codes": Expected(OWN_ABSENT, OWN_READ_ONLY),
    "mfa_generate_recovery_codes": Expected(OWN_LED, OWN_LED),
    "mfa_list_webauthn": Expected(OWN, OWN_READ_ONLY),
    "mfa_add_webauthn": Expected(OWN_LED, OWN_LED),
    "mfa_edit_webauthn": Expected(OWN_LED, OWN_LED, at(pk=0)),
    "mfa_remove_webauthn": Expected(OWN_LED, OWN_LED, at(pk=0)),
    "account_logout": Expected(NOT_ALLOWED, EVERYONE),
    "choose_brokerage": Expected((302, 404, 404, 404, 404, 200, 200, 404, 404, 404)),
    "switch_brokerage": Expected(NOT_ALLOWED, OWN_ABSENT),
    "management": Expected(MANAGES),
    "people": Expected(PEOPLE),
    "invite_person": Expected(NOT_ALLOWED, PEOPLE_WRONG),
    "place": Expected(PEOPLE_OF_A, PEOPLE_WRONG_OF_A, lambda world: {"pk": world.place.pk}),
    "remove_person": Expected(NOT_ALLOWED, PEOPLE_CHANGED, lambda world: {"pk": world.place.pk}),
    "withdraw_invitation": Expected(
        NOT_ALLOWED, PEOPLE_CHANGED, lambda world: {"pk": world.invitation.pk}
    ),
    "audit": Expected(TRAIL),
    "audit_file": files_of(xlsx=TRAIL, pdf=TRAIL, csv=TRAIL, json=TRAIL),
    "uploads": Expected(LOADS, LOADS_WRONG),
    "upload": [
        Expected(LOADS, values=lambda world: {"pk": world.upload.pk}),
        Expected(OWN_ABSENT, values=at(pk=10**9)),
    ],
    "receipt": Expected(LOADS, values=lambda world: {"pk": world.receipt.pk}),
    "rejected_rows": [
        Expected(LOADS, values=lambda world: {"pk": world.receipt.pk}),
        Expected(OWN_ABSENT, values=at(pk=10**9)),
    ],
    "tokens": Expected(TOKENS),
    "make_token": Expected(NOT_ALLOWED, TOKENS_WRONG),
    "revoke_token": Expected(NOT_ALLOWED, TOKENS_LED, lambda world: {"pk": world.token.pk}),
    "api:openapi-json": Expected(OPEN, OPEN),
    "api:api-root": Expected(GONE, GONE),
    "api:uploads": Expected(NOT_ALLOWED, NO_TOKEN),
    "api:upload": Expected(NO_TOKEN, NOT_ALLOWED, at(pk=1), head=NOT_ALLOWED),
    "installments": LIST,
    "installments_filters": LIST,
    "installments_file": files_of(xlsx=PAGE, pdf=PAGE, csv=PAGE, json=PAGE),
    "installment": [
        Expected(ONE_OF_A, values=lambda world: {"pk": world.general.pk}),
        Expected(ONE_OF_A_IN_LIFE, values=lambda world: {"pk": world.life.pk}),
        Expected(ABSENT, values=at(pk=10**9)),
    ],
    "settlements": LIST,
    "settlements_filters": LIST,
    "settlements_file": files_of(xlsx=PAGE, pdf=PAGE, csv=PAGE, json=PAGE),
    "settlement_pdf": [
        Expected(ONE_OF_A_IN_LIFE, values=lambda world: {"number": world.settlement.number}),
        Expected(ABSENT, values=at(number="LQ-0")),
    ],
    "vouchers": LIST,
    "vouchers_filters": LIST,
    "vouchers_file": files_of(xlsx=PAGE, pdf=PAGE, csv=PAGE, json=PAGE),
    **{
        f"voucher_{sort}": [
            Expected(ONE_OF_A, values=lambda world: {"pk": world.voucher.pk}),
            Expected(TOO_OLD, values=lambda world: {"pk": world.old_voucher.pk}),
            Expected(ABSENT, values=at(pk=10**9)),
        ]
        for sort in ("pdf", "xml", "cdr")
    },
    "reports": LIST,
    "reports_of_line": lines_of_reports(),
    "report": reports_of(),
    "report_file": reports_of("xlsx", "pdf", "csv"),
    "livez": Expected(OPEN),
    "readyz": Expected(OPEN),
    "admin:index": Expected(STAFF, STAFF),
    "admin:login": Expected(STAFF_LED, STAFF_LED),
    "admin:logout": Expected(STAFF_LED, STAFF_LED),
    "admin:password_change": Expected(STAFF_LED, STAFF_LED),
    "admin:password_change_done": Expected(STAFF, STAFF_READS_NOT),
    "admin:autocomplete": Expected(STAFF_NOT, STAFF_READS_NOT),
    "admin:jsi18n": Expected(STAFF, STAFF_READS_NOT),
    "admin:view_on_site": Expected(STAFF_ABSENT, STAFF_ABSENT, at(content_type_id=0, object_id=0)),
    "admin:app_list": Expected(APP, APP, at(app_label="accounts")),
    **stock("accounts_brokerage", OPERATIONS, ADMINISTRATOR),
    **stock("accounts_user", ADMINISTRATOR, ADMINISTRATOR),
    **stock("portfolio_issuer", OPERATIONS, OPERATIONS),
    **stock("portfolio_productterms", OPERATIONS, OPERATIONS, delete=OPERATIONS),
    **stock("loading_receipt", OPERATIONS, STAFF_NOT),
}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of each address with its namespace; where it has none, its pattern."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from addresses(found, space + (f"{found.namespace}:" if found.namespace else ""))
        else:
            yield space + (found.name or _pattern(found))


def _pattern(found: URLPattern) -> str:
    return f"<{found.pattern}>"


NAMELESS = {
    "admin:<<path:object_id>/>",  # an old address of the stock admin: leads to …/change/
    "admin:<(?P<url>.*)$>",  # whatever else is asked of it: signs in, then 404
}


def test_every_address_is_in_the_table() -> None:
    known = set(addresses())
    assert known - set(TABLE) == NAMELESS
    assert set(TABLE) - known == set()


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each test takes back what it changed, and in the end it never was."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at_noon():
            world = World()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(brakes, "PER_ACCOUNT_AND_SOURCE", 10**6)
    settings.EXPORTS_PER_MINUTE = settings.SEARCHES_PER_MINUTE = 10**6  # a table in a moment
    cookies: dict[str, Any] = {role: client.cookies.copy() for role, client in made.clients.items()}
    yield made
    for role, client in made.clients.items():
        client.cookies, client.handler.enforce_csrf_checks = cookies[role], False


@pytest.mark.parametrize("name", TABLE)
def test_every_role_gets_what_the_table_says_by_every_method(world: World, name: str) -> None:
    wrong = []
    with through_the_web():
        for example, methods in tries(name):
            address = reverse(name, kwargs=example.values(world))
            for place, role in enumerate(ROLES):
                for method in methods:
                    found, status = answer(world, role, method, address), example.of(method, place)
                    if found != status:
                        wrong.append(f"{role} {method} {address}: {found}, not {status}")
    assert not wrong, "\n".join(wrong)


def tries(name: str) -> Iterator[tuple[Expected, tuple[str, ...]]]:
    """Every example is read; the first of each kind is tried by every method as well.

    POST comes last: it may sign the role out.
    """
    seen = set()
    expected = TABLE[name]
    for example in expected if isinstance(expected, list) else [expected]:
        yield example, ("GET",) if example.get in seen else (*NEVER, "GET", "HEAD", "POST")
        seen.add(example.get)


def answer(world: World, role: str, method: str, address: str) -> int:
    """The status; the body is read to its end, as a streamed one fails only there."""
    client = world.clients[role]
    kept = dict(client.cookies)
    response = client.generic(method, address)
    body = response.getvalue()
    assert method != "HEAD" or body == b"", f"HEAD {address} has a body"
    client.cookies.update(kept)
    return int(response.status_code)


def text_of(world: World, role: str, name: str, **values: Any) -> str:
    """What a role reads at an address, without what is random: the reference, the forms' token."""
    response = world.clients[role].get(reverse(name, kwargs=values))
    assert response.status_code == 404
    random = r'<code>[0-9A-F]{8}</code>|name="csrfmiddlewaretoken" value="\w{64}"'
    return re.sub(random, "", response.content.decode())


def test_what_others_have_looks_like_what_nobody_has(world: World) -> None:
    """So that no number can be tried out: the same text, down to the letter."""
    line, report = BusinessLine.GENERALES, REPORTS[BusinessLine.GENERALES][0].slug
    pairs: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
        ("other", "installment", {"pk": world.general.pk}, {"pk": 10**9}),
        ("reader", "installment", {"pk": world.general.pk}, {"pk": 10**9}),
        ("other", "voucher_pdf", {"pk": world.voucher.pk}, {"pk": 10**9}),
        ("other", "voucher_pdf", {"pk": world.old_voucher.pk}, {"pk": 10**9}),
        ("other", "voucher_xml", {"pk": world.voucher.pk}, {"pk": 10**9}),
        ("other", "voucher_cdr", {"pk": world.voucher.pk}, {"pk": 10**9}),
        ("reader", "voucher_pdf", {"pk": world.voucher.pk}, {"pk": 10**9}),
        ("other", "settlement_pdf", {"number": world.settlement.number}, {"number": "LQ-0"}),
        ("reader", "report", {"line": line.lower(), "slug": report},
         {"line": "vida", "slug": "no-existe"}),
        ("reader", "report_file", {"line": line.lower(), "slug": report, "ending": "xlsx"},
         {"line": "vida", "slug": "no-existe", "ending": "xlsx"}),
    ]  # fmt: skip
    with through_the_web():
        for role, name, others, absent in pairs:
            assert text_of(world, role, name, **others) == text_of(world, role, name, **absent)


def test_nobody_can_write_from_another_site(world: World) -> None:
    """Without the token of a page of ours every POST is refused, also that of signing in."""
    accepting = [name for name in TABLE if any(e.post != NOT_ALLOWED for e, _ in tries(name))]
    assert {"account_login", "account_logout", "switch_brokerage"} <= set(accepting)
    for name in accepting:
        example = next(tries(name))[0]
        address = reverse(name, kwargs=example.values(world))
        for place, role in enumerate(ROLES):
            world.clients[role].handler.enforce_csrf_checks = True
            if example.post[place] in (200, 302):
                response = world.clients[role].post(address)
                led = response.status_code == 302 and role == "nobody"
                assert response.status_code == 403 or led, f"{role} {address}"
