"""The whole catalogue, and a brokerage with rows of every kind for each of its lists."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from corredores.accounts.models import Brokerage, Role, User
from corredores.accounts.viewer import Viewer, viewer_of
from corredores.catalog import LISTINGS, REPORTS
from corredores.listings import Listing
from tests import people
from tests.people import day

OFFER: dict[str, Listing] = {
    **{listing.slug: listing for listing in LISTINGS},
    **{f"{line.lower()}/{it.slug}": it for line, reports in REPORTS.items() for it in reports},
}
COMMISSION = Decimal("77.77")  # in no other amount
NASTY = '=HYPERLINK("http://x")&MUÑOZ <b>'
LONG = "Ñandú & O'Higgins Inversiones Agroindustriales del Perú " * 2  # 112 characters
LINES = ("GENERALES", "VIDA", "SALUD")


def opened(listing: Listing) -> str:
    """The query in which no default narrows anything."""
    return "&".join(f"{name}=" for name in listing.filters.defaults)


@dataclass
class Readers:
    """Brokerages A and B with the same rows but for their marks, and who looks at A."""

    a: Brokerage = field(default_factory=lambda: people.brokerage("A"))
    b: Brokerage = field(default_factory=lambda: people.brokerage("B"))
    reads: dict[tuple[str, str], Any] = field(default_factory=dict)  # what tests have read once

    def __post_init__(self) -> None:
        fill(self.a, "DEALFA")
        fill(self.b, "DEBETA")
        self.users: dict[str, User] = {
            "administrator": people.member(self.a),
            "collector": people.member(self.a, role=Role.COLLECTOR),
            "reader": people.member(self.a, role=Role.VIEWER, lines=["VIDA"]),
            "staff": people.staff(),
            "other": people.member(self.b),
        }

        self.viewers = {
            name: viewer_of(user, self.b.pk if name == "other" else self.a.pk)
            for name, user in self.users.items()
        }

    def viewer(self, name: str) -> Viewer:
        return self.viewers[name]


READERS = ("administrator", "collector", "reader", "staff")


@contextmanager
def readers() -> Iterator[Readers]:
    """The world for as long as the block runs; then it never was."""
    with transaction.atomic():
        yield Readers()
        transaction.set_rollback(True)


def fill(of: Brokerage, mark: str) -> None:
    """Cuotas in every state and line, settlements and vouchers, in both currencies."""
    people.issuer(address="Av. Los Incas 830")
    holders = [
        people.policyholder(of, f"{name} {mark}", email=f"{mark}@x.pe", phone="999888777")
        for name in (NASTY, LONG.strip(), "ACME")
    ]
    number = 0
    for line in LINES:
        for state in _states():
            number += 1
            given = {
                "external_id": f"{mark}-{line}-{number}",
                "holder": holders[number % 3],
                "policy_number": f"{number % 10:07d}",
                "currency": ("PEN", "USD")[number % 2],
                **_details(number),
                **({"settlement_number": f"LQ-{number % 3}-{mark}"} if line == "VIDA" else {}),
                **state,
            }
            cuota = people.installment(of, line=line, **given)
            _vouchers(of, cuota, number)
    for number, status in enumerate(("PENDIENTE", "PAGADA", "ANULADA", "PENDIENTE", "PAGADA")):
        paid = {"paid_on": day(-number)} if status == "PAGADA" else {}
        made = people.settlement(
            of, number=f"LQ-{number}-{mark}", status=status, holder=holders[number % 3],
            currency=("PEN", "USD")[number % 2], due_on=day(5 - 3 * number),
            total=Decimal("2656.20") + number, payroll=Decimal("412350.75"), **paid,
        )  # fmt: skip
        if status == "PAGADA":
            lead(made, people.voucher(of, line="VIDA", settlement_number=made.number))


def _states() -> list[dict[str, Any]]:
    """What a cuota may be, as overrides; amounts differ so that sums tell rows apart."""
    late, ahead = {"due_on": day(-45)}, {"due_on": day(20)}
    paid = {"status": "PAGADA", "paid": Decimal("1234.56"), "total": Decimal("1234.56")}
    return [
        {**late, "total": Decimal("100.10")},
        {"due_on": day(-100), "total": Decimal("0.05")},
        {"due_on": day(-20), "total": Decimal("12345678.90")},
        {**ahead, "total": Decimal("300.30")},
        {**paid, "paid_on": day(-3), "posted_on": day(-2)},
        {**paid, "paid_on": day(-90), "due_on": day(-80)},
        {**late, "status": "PAGO_PARCIAL", "paid": Decimal("40.00"), "paid_on": day(-5)},
        {**late, "status": "RECHAZADA", "rejected_on": day(-4), "rejection_attempts": 2,
         "rejection_reason": "Fondos insuficientes", "payment_channel": "CARGO_TARJETA"},
        {"status": "ANULADA", "due_on": day(-9)},
        {"status": "REPROGRAMADA", "replaced_by": "otra"},
        {"status": "POR_DEVOLVER", "total": Decimal("-50.00")},
        {"status": "EN_PROCESO", "due_on": day(1)},
    ]  # fmt: skip


def _details(number: int) -> dict[str, Any]:
    return {
        "number": number % 12 + 1,
        "endorsement": str(number % 2),
        "plate": f"ABC{number:03d}" if number % 3 else "",
        "collection_notice": f"00{number}",
        "certificate": f"+C{number}" if number % 4 else "",
        "executive": "@Ejecutivo",
        "branch": ("Lima", "-Cusco")[number % 2],
        "issued_on": day(-120 - number),
        "payment_channel": ("AGENTE", "", "BANCO_WEB")[number % 3],
        "commission_percent": Decimal("12.50"),
        "commission_amount": COMMISSION,
    }


def _vouchers(of: Brokerage, cuota: Any, number: int) -> None:
    """None, one that downloads, one too old, or a note with the invoice it modifies."""
    if not number % 4:
        return
    issued_on = dt.date(2017, 7, 31) if number % 4 == 3 else day(-number)
    common = {
        "holder": cuota.policyholder, "line": cuota.line, "currency": cuota.currency,
        "installment_external_id": cuota.external_id, "policy_number": cuota.policy_number,
        "settlement_number": cuota.settlement_number, "issued_on": issued_on,
    }  # fmt: skip
    invoice = people.voucher(of, type=("01", "03")[number % 2], **common)
    if number % 4 == 2:
        people.voucher(
            of, type="07", reason="06", modifies_type=invoice.type,
            modifies=f"{invoice.series}-{invoice.number}", **common,
        )  # fmt: skip
    lead(cuota, invoice, 2 if number % 4 == 2 else 1)


def lead(row: Any, voucher: Any, count: int = 1) -> None:
    """As loading does: the row of a cuota or a settlement knows its voucher."""
    row.voucher_type, row.voucher_id = voucher.type, voucher.pk
    row.voucher_number = f"{voucher.series}-{voucher.number}"
    row.voucher_issued_on, row.voucher_issuer_id = voucher.issued_on, voucher.issuer_id
    row.voucher_count = count
    row.save()
