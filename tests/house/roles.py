"""Everyone who may come to a door, and a small world in which each can be tried."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client

from corredores.accounts.models import Brokerage, Membership, Role, StaffRole
from corredores.audit.actions import Actor
from corredores.database.roles import WEB
from corredores.loading.models import Outcome, Receipt
from corredores.tokens.actions import issue
from corredores.tokens.models import Scope
from corredores.uploads.models import State, Upload
from corredores.web.person import CHOSEN
from tests import people

ROLES = (
    "nobody",
    "administrator",  # of brokerage A, whose every object is
    "other",  # administrator of brokerage B
    "collector",  # of A
    "reader",  # of A, only Vida, without rights
    "staff",  # administrator of the portal at the insurer, no brokerage chosen
    "staff_as",  # support of the insurer, looking as A
    "stranger",  # signed in, with a place nowhere
    "auditor",  # of the insurer: reads the trail, and nothing else
    "operations",  # of the insurer: loads and issuers, and nothing else
)


@dataclass
class World:
    """Brokerages A and B, one client per role, and an object of A of each kind."""

    a: Brokerage = field(default_factory=lambda: people.brokerage("A"))
    b: Brokerage = field(default_factory=lambda: people.brokerage("B"))
    clients: dict[str, Client] = field(default_factory=dict)
    staff_id: int = 0

    def __post_init__(self) -> None:
        self.general = people.installment(self.a)
        self.life = people.installment(self.a, line="VIDA")
        self.settlement = people.settlement(self.a, number="LQ-1")
        files = {"xml": b"<Invoice/>", "cdr": b"<ApplicationResponse/>"}
        self.voucher = people.keep(people.voucher(self.a), **files)
        old = people.voucher(self.a, issued_on=dt.date(2017, 7, 31))
        self.old_voucher = people.keep(old, **files)
        people.installment(self.b)
        users: dict[str, Any] = {
            "administrator": people.member(self.a),
            "other": people.member(self.b),
            "collector": people.member(self.a, role=Role.COLLECTOR),
            "reader": people.member(self.a, role=Role.VIEWER, lines=["VIDA"]),
            "staff": people.staff(staff_role=StaffRole.ADMINISTRATOR),
            "staff_as": people.staff(),
            "stranger": people.user("nadie"),
            "auditor": people.staff(staff_role=StaffRole.AUDITOR),
            "operations": people.staff(staff_role=StaffRole.OPERATIONS),
        }
        self.staff_id = users["staff"].pk
        self.place = Membership.objects.get(user=people.member(self.a))
        self.invitation = people.invitation(self.a)
        rejected = default_storage.save("cargas/rechazos/malas.csv", ContentFile(b"a;motivo"))
        self.receipt = Receipt.objects.create(
            file="malas.csv", outcome=Outcome.REFUSED, rejected=rejected
        )
        self.upload = Upload.objects.create(sent_by="operador", state=State.ENDED)
        self.upload.receipts.add(self.receipt)
        self.token = issue(Actor(), name="x", scopes=[Scope.SEND_LOADS], days=1).token
        for role in ROLES:
            self.clients[role] = Client(raise_request_exception=False)
            if role in users:
                self.clients[role].force_login(users[role])
        session = self.clients["staff_as"].session
        session[CHOSEN] = self.a.pk
        session.save()


@contextmanager
def through_the_web() -> Iterator[None]:
    """As in production: all that happens inside, sessions included, is the web's role."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('role', %s, true)", [WEB])
        yield
        with connection.cursor() as cursor:
            cursor.execute("select set_config('role', 'none', true)")
