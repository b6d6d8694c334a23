"""Ten thousand requests across the wall between brokerages: reads, endings, methods, numbers."""

import itertools
import re
from collections import Counter
from typing import Any

import pytest

from corredores.accounts.models import Role
from tests import people

from .doors import browser

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

REQUESTS = 10_000
ALLOWED = {"GET", "HEAD"}


def test_ten_thousand_requests_show_no_foreign_byte_and_no_difference(settings: Any) -> None:
    settings.SEARCHES_PER_MINUTE = settings.EXPORTS_PER_MINUTE = 10**9
    a, b = people.brokerage("A"), people.brokerage("B")
    secret = people.policyholder(b, "SECRETISIMA SAC", doc_number="20999999991")
    for line in ("GENERALES", "VIDA"):
        people.installment(a, line=line)
    cuotas = [people.installment(b, holder=secret, policy_number="AJENA77") for _ in range(5)]
    vouchers = [people.voucher(b, holder=secret, policy_number="AJENA77") for _ in range(5)]
    papers = [people.settlement(b, holder=secret, number=f"AJENA{n}") for n in range(5)]
    readers = [browser(people.member(a)), browser(people.member(a, role=Role.COLLECTOR)),
               browser(people.member(a, role=Role.VIEWER, lines=["SALUD"]))]  # fmt: skip
    place = people.member(b).memberships.get()
    numbers = [
        *[(f"/estados-de-cuenta/cuotas/{it.pk + n}/", "/estados-de-cuenta/cuotas/{}/")
          for it in cuotas for n in range(3)],
        *[(f"/comprobantes/{it.pk + n}.pdf", "/comprobantes/{}.pdf")
          for it in vouchers for n in range(3)],
        *[(f"/liquidaciones/{it.number}.pdf", "/liquidaciones/{}.pdf") for it in papers],
        (f"/gestion/personas/{place.pk}/", "/gestion/personas/{}/"),
    ]  # fmt: skip
    searches = [
        f"/estados-de-cuenta/{slug}{ending}?desde=&hasta={more}"
        for slug in ("cuotas", "liquidaciones", "comprobantes")
        for ending in ("/", ".json", ".csv", ".xlsx", ".pdf")
        for more in ("", "&contratante=secretisima", "&num_doc=20999999991", "&poliza=AJENA77",
                     "&linea=VIDA", "&corredora=B", f"&brokerage={b.pk}", "&orden=poliza")
    ]  # fmt: skip
    foreign: Counter[str] = Counter()
    different: Counter[str] = Counter()
    count = 0
    for (address, pattern), method, reader, extra in itertools.cycle(
        itertools.product(numbers, ("GET", "HEAD"), range(3), ({}, {"HTTP_RANGE": "bytes=0-9"}))
    ):
        mine = _ask(readers[reader], method, address, **extra)
        absent = _ask(readers[reader], method, pattern.format("987654321"), **extra)
        different[address] += mine != absent
        foreign[address] += _foreign(mine[1])
        count += 2
        if count % 40 == 0:
            search = searches[count // 40 % len(searches)]
            foreign[search] += _foreign(_ask(readers[reader], method, search)[1])
            count += 1
        if count >= REQUESTS:
            break
    assert +foreign == Counter()
    assert +different == Counter()


def _ask(client: Any, method: str, address: str, **extra: str) -> tuple[int, str]:
    """Status and body, without what is random in it and what the person asked for."""
    answer = client.generic(method, address, **extra)
    text = answer.getvalue().decode("utf-8", "replace")
    text = re.sub(r'<code>[0-9A-F]{8}</code>|value="\w{64}"|nonce="[^"]+"', "", text)
    return answer.status_code, text


def _foreign(text: str) -> bool:
    """Rows of the other brokerage; what was typed stands in the field it was typed into."""
    typed = re.sub(r'value="[^"]*"|href="[^"]*"|"parametro[^}]*', "", text)
    return bool(re.search(r"SECRETISIMA|Corredora B\b", typed))
