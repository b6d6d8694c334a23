"""The kept files of a voucher go out as they were delivered, to whom the voucher belongs."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from corredores.audit.models import Action, Event
from corredores.vouchers import store
from corredores.vouchers.models import Voucher
from tests import people
from tests.house.roles import through_the_web

pytestmark = pytest.mark.django_db

FILES = {"pdf": b"%PDF-1.7 original", "xml": b"<Invoice/>", "cdr": b"<ApplicationResponse/>"}
TYPES = {"pdf": "application/pdf", "xml": "application/xml", "cdr": "application/xml"}


@pytest.fixture(autouse=True)
def files_stay_here(tmp_path: Path, settings: Any) -> None:
    kept = {**settings.STORAGES["comprobantes"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"comprobantes": kept}


@pytest.fixture
def voucher() -> Voucher:
    return people.keep(people.voucher(people.brokerage("A"), number=123), **FILES)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def get(client: Client, sort: str, of: Voucher) -> Any:
    with through_the_web():
        return client.get(reverse(f"voucher_{sort}", kwargs={"pk": of.pk}))


@pytest.mark.parametrize("sort", FILES)
def test_the_file_is_the_one_that_was_delivered(voucher: Voucher, sort: str) -> None:
    response = get(signed_in(people.member(voucher.brokerage)), sort, voucher)
    assert response.content == FILES[sort]
    assert response["Content-Type"] == TYPES[sort]
    name = f"{voucher.issuer.ruc}-01-F001-123.{'pdf' if sort == 'pdf' else 'xml'}"
    expected = f'attachment; filename="{"R-" if sort == "cdr" else ""}{name}"'
    assert response["Content-Disposition"] == expected
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("sort", FILES)
def test_it_is_there_for_nobody_else(voucher: Voucher, sort: str) -> None:
    other = people.member(people.brokerage("B"))
    reader_of_life = people.member(voucher.brokerage, lines=["VIDA"])
    for user in (other, reader_of_life):
        assert get(signed_in(user), sort, voucher).status_code == 404
    assert get(signed_in(people.user("nadie")), sort, voucher).status_code == 403
    assert get(Client(), sort, voucher).status_code == 302


@pytest.mark.parametrize("sort", ["xml", "cdr"])
def test_what_was_not_delivered_is_not_there(sort: str) -> None:
    bare = people.voucher(people.brokerage("A"))
    client = signed_in(people.member(bare.brokerage))
    assert get(client, sort, bare).status_code == 404
    assert get(client, "pdf", bare).content.startswith(b"%PDF-")


@pytest.mark.parametrize("status", ["BAJA", "RECHAZADO"])
def test_a_voucher_that_is_not_valid_is_printed_and_says_so(voucher: Voucher, status: str) -> None:
    Voucher.everything.filter(pk=voucher.pk).update(status=status)
    content = get(signed_in(people.member(voucher.brokerage)), "pdf", voucher).content
    assert content != FILES["pdf"]
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("harm", ["gone", "cut", "unreadable"])
def test_a_file_that_was_lost_is_a_page_that_says_so(
    voucher: Voucher, tmp_path: Path, harm: str
) -> None:
    path = tmp_path / store.name_of("xml", voucher.xml)
    if harm == "cut":
        path.write_bytes(FILES["xml"][:-1])
    else:
        path.unlink()
    if harm == "unreadable":
        path.mkdir()
    response = get(signed_in(people.member(voucher.brokerage)), "xml", voucher)
    assert response.status_code == 404
    assert "no está disponible" in response.content.decode()


def test_the_lists_offer_what_there_is(voucher: Voucher) -> None:
    cuota = people.installment(voucher.brokerage, external_id="Q-1")
    Voucher.everything.filter(pk=voucher.pk).update(installment_external_id="Q-1")
    bare = people.voucher(voucher.brokerage, installment_external_id="Q-1")
    client = signed_in(people.member(voucher.brokerage))
    with through_the_web():
        pages = [
            client.get(reverse("installment", kwargs={"pk": cuota.pk})).content.decode(),
            client.get(reverse("vouchers") + "?desde=").content.decode(),
        ]
    for page in pages:
        for ending in (".pdf", ".xml", "-cdr.xml"):
            assert f'href="/comprobantes/{voucher.pk}{ending}"' in page
        assert f'href="/comprobantes/{bare.pk}.pdf"' in page
        assert f'href="/comprobantes/{bare.pk}.xml"' not in page


def test_each_download_is_in_the_trail(voucher: Voucher) -> None:
    client = signed_in(people.member(voucher.brokerage))
    for sort in FILES:
        get(client, sort, voucher)
    said = Event.objects.filter(action=Action.PAPER).order_by("id")
    assert [event.object for event in said] == [
        "comprobante F001-123", "comprobante F001-123 (XML)", "comprobante F001-123 (CDR)",
    ]  # fmt: skip
