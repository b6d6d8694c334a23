"""How many queries each page asks, recorded: a change of the number is seen and meant.

`UPDATE_QUERY_COUNTS=1` writes the file anew. BEGIN, COMMIT and savepoints are not counted.
"""

import json
import math
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from corredores.accounts.models import StaffRole
from corredores.installments.models import Installment
from corredores.loading.models import Receipt
from corredores.uploads.models import State, Upload
from corredores.web import freshness
from tests import people

from .offer import OFFER, Readers

RECORD = Path(__file__).with_name("query_counts.json")
MOST_OF_A_SEARCH = 8
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def pages(world: Readers) -> dict[str, str]:
    """Addresses by what they are. A list and a report also as each of its files."""
    cuota = Installment.everything.filter(brokerage=world.a, voucher_count=2).earliest("pk")
    named = {
        name: reverse(name)
        for name in ("home", "help", "installments", "installments_filters", "settlements",
                     "vouchers", "reports")
    }  # fmt: skip
    files = {
        f"{name}{ending}": f"/reportes/{name}{ending}" if "/" in name else
        f"/estados-de-cuenta/{name}{ending}"
        for name in OFFER
        for ending in ((".xlsx",) if "/" in name else (".xlsx", ".pdf", ".csv", ".json"))
    }  # fmt: skip
    return {
        **named,
        "installment": reverse("installment", kwargs={"pk": cuota.pk}),
        "reports_of_line": reverse("reports_of_line", kwargs={"line": "vida"}),
        "voucher_pdf": reverse("voucher_pdf", kwargs={"pk": cuota.voucher_id}),
        "settlement_pdf": reverse("settlement_pdf", kwargs={"number": "LQ-1-DEALFA"}),
        **{f"{name}/": f"/reportes/{name}/" for name in OFFER if "/" in name},
        **files,
    }


def pages_of_operations() -> dict[str, str]:
    """Those of the insurer's operations staff, with something on each."""
    receipt = Receipt.objects.create(file="cuotas.csv", kind="cuotas")
    upload = Upload.objects.create(sent_by="hugo", state=State.ENDED)
    upload.receipts.add(receipt)
    Upload.objects.create(sent_by="hugo")
    return {
        "uploads": reverse("uploads"),
        "upload": reverse("upload", kwargs={"pk": upload.pk}),
        "receipt": reverse("receipt", kwargs={"pk": receipt.pk}),
    }


def counted(client: Client, address: str) -> int:
    """Asked three times: the first fills caches and notes the session's last use, and between the
    others a minute may end, after which sums are asked for again."""
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
            assert response.status_code == 200, address
            response.getvalue()
        counts.append(len([it for it in asked if not it["sql"].startswith(CONTROL)]))
    return min(counts[1:])


@pytest.mark.usefixtures("noon")
@pytest.mark.django_db(transaction=True)
def test_each_page_asks_as_many_queries_as_the_record_says(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "_REMEMBERED_SECONDS", math.inf)  # else it is now and then asked
    settings.EXPORTS_PER_MINUTE = settings.SEARCHES_PER_MINUTE = 10_000
    world = Readers()
    client = Client()
    client.force_login(people.member(world.a))
    found = {name: counted(client, address) for name, address in pages(world).items()}
    client.force_login(people.staff(staff_role=StaffRole.OPERATIONS))
    found |= {name: counted(client, address) for name, address in pages_of_operations().items()}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        RECORD.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(RECORD.read_text())
    searches = {name: found[name] for name in ("installments", "settlements", "vouchers")}
    assert max(searches.values()) <= MOST_OF_A_SEARCH, searches
