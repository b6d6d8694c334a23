"""The people and the rows of tests: two brokerages, their members, a stranger and staff.

Plain functions with sensible defaults; keyword arguments override any field of the model:

    a = brokerage("A")
    installment(a, line="VIDA", due_on=day(-30), total="100.00")
    search(LISTING, administrator(a), "moneda=PEN")

Rows are written as the loader writes them, through `everything`; the policyholder of a row is
made, or found by its document, along the way.
"""

import datetime as dt
import hashlib
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils import timezone

from corredores.accounts.business_line import ALL_LINES, BusinessLine
from corredores.accounts.models import (
    Brokerage,
    Invitation,
    Membership,
    Role,
    StaffRole,
    User,
)
from corredores.accounts.viewer import Viewer, viewer_of
from corredores.installments.models import Installment
from corredores.installments.status import Status
from corredores.listings import Listing, Search
from corredores.portfolio.folding import folded
from corredores.portfolio.models import Issuer, Policyholder
from corredores.settlements.models import Settlement, SettlementType
from corredores.vouchers.models import Voucher, VoucherStatus, VoucherType
from corredores.vouchers.store import name_of, store

TODAY = dt.date(2026, 11, 24)
UPDATED = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
LIFE = BusinessLine.VIDA
PASSWORD = "cuotas-al-dia"
# Its hash, made once: hashing is slow on purpose, and tests make many people.
HASHED = (
    "argon2$argon2id$v=19$m=47104,t=1,p=1$VTNRWjVlamw0SHY1ZTBFWnR"
    "Bbjl0eA$mz+uC69OScIYEdc8Mu+iqq7SsOVAWi/VLR416bZTnMg"
)
PRODUCTS = {"GENERALES": ("VEH", "Vehículos"), "VIDA": ("VLE", "Vida ley"),
            "SALUD": ("EPR", "EPS plan regular")}  # fmt: skip
_numbers = count(1)


def day(days: int) -> dt.date:
    """That many days after TODAY; negative is before."""
    return TODAY + dt.timedelta(days=days)


def brokerage(code: str = "A", **overrides: Any) -> Brokerage:
    """The brokerage of that code, authorised for every line; the same one when asked again."""
    fields = {"ruc": "20100000001", "name": f"Corredora {code}", **overrides}
    return Brokerage.objects.get_or_create(code=code, defaults=fields)[0]


def user(username: str, **overrides: Any) -> User:
    """Someone who may sign in with PASSWORD, and has no place yet: as such, a stranger."""
    return User.objects.create(username=username, **{"password": HASHED, **overrides})


def member(
    of: Brokerage,
    *,
    role: Role = Role.ADMINISTRATOR,
    lines: Any = ALL_LINES,
    username: str = "",
    **overrides: Any,
) -> User:
    """A user with a place in one brokerage."""
    person = user(username or f"persona{next(_numbers)}", **overrides)
    Membership.objects.create(user=person, brokerage=of, role=role, lines=sorted(lines))
    return person


def invitation(to: Brokerage, **overrides: Any) -> Invitation:
    """An open invitation of nueva@example.pe to read Life; its link is not made yet."""
    fields: dict[str, Any] = {
        "email": "nueva@example.pe",
        "role": Role.VIEWER,
        "lines": [LIFE],
        "invited_by": "ana",
        "expires_at": timezone.now() + dt.timedelta(days=7),
        **overrides,
    }
    return Invitation.objects.create(brokerage=to, **fields)


def staff(username: str = "", **overrides: Any) -> User:
    """Someone of the insurer's support, who looks as whatever brokerage is chosen."""
    fields = {"staff_role": StaffRole.SUPPORT, **overrides}
    return user(username or f"personal{next(_numbers)}", is_staff=True, **fields)


def administrator(of: Brokerage) -> Viewer:
    """A viewer with every line and every right."""
    return viewer_of(member(of), of.pk)


def reader(of: Brokerage, *lines: str) -> Viewer:
    """A viewer without rights, limited to `lines` (to Life where none is named)."""
    return viewer_of(member(of, role=Role.VIEWER, lines=lines or (LIFE,)), of.pk)


def staff_viewer(of: Brokerage) -> Viewer:
    """Someone of the insurer who has chosen this brokerage."""
    return viewer_of(staff(), of.pk)


def stranger() -> Viewer:
    """Someone who has signed in and has no place anywhere."""
    return viewer_of(user(f"nadie{next(_numbers)}"))


def policyholder(of: Brokerage, name: str = "ACME S.A.C.", **overrides: Any) -> Policyholder:
    """The brokerage's policyholder of that name, or of the document where one is given."""
    fields = {"doc_type": "6", "name": name, "folded_name": folded(name), **overrides}
    known = {k: fields[k] for k in ("doc_number",) if k in fields} or {"name": name}
    found = Policyholder.everything.filter(brokerage=of, **known).first()
    fields.setdefault("doc_number", f"20{next(_numbers):09d}")
    return found or Policyholder.everything.create(brokerage=of, **fields)


def issuer(ruc: str = "20332970411", **overrides: Any) -> Issuer:
    """The insurer, or the EPS by another RUC."""
    return Issuer.objects.get_or_create(ruc=ruc, defaults={"name": "Aseguradora", **overrides})[0]


def installment(of: Brokerage, **overrides: Any) -> Installment:
    """A pending cuota of ACME, 1 of 12, due today, of 100 soles in GENERALES.

    `holder=` names another policyholder. Life and Health have the coverage of a month.
    """
    line = overrides.get("line", BusinessLine.GENERALES)
    number = next(_numbers)
    fields: dict[str, Any] = {
        "external_id": f"{of.code}-{number}",
        **_policy(of, line, overrides),
        "number": 1,
        "count": 12,
        "currency": "PEN",
        "total": Decimal("100.00"),
        "issued_on": day(-400),
        "due_on": TODAY,
        "status": Status.PENDING,
        "updated_at": UPDATED,
        "endorsement": "0",
        **overrides,
    }
    return Installment.everything.create(**fields)


def paid(of: Brokerage, on: dt.date, **overrides: Any) -> Installment:
    """A cuota that was paid whole on that day."""
    total = overrides.get("total", Decimal("100.00"))
    settled = {"status": Status.PAID, "paid_on": on, "posted_on": on, "paid": total}
    return installment(of, **{"due_on": on, **settled, **overrides})


def settlement(of: Brokerage, **overrides: Any) -> Settlement:
    """A pending settlement of ACME for a month, due today, of 100 soles."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "number": f"L{number:06d}",
        **_policy(of, LIFE, overrides),
        "type": SettlementType.REGULAR,
        "insured_count": 10,
        "currency": "PEN",
        "total": Decimal("100.00"),
        "issued_on": day(-400),
        "due_on": TODAY,
        "status": Status.PENDING,
        "updated_at": UPDATED,
        **overrides,
    }
    return Settlement.everything.create(**fields)


def voucher(of: Brokerage, **overrides: Any) -> Voucher:
    """An accepted factura to ACME of 118 soles, issued today in GENERALES."""
    holder = overrides.pop("holder", None) or policyholder(of)
    fields: dict[str, Any] = {
        "issuer": overrides.pop("issuer", None) or issuer(),
        "type": VoucherType.INVOICE,
        "series": "F001",
        "number": next(_numbers),
        "brokerage": of,
        "line": BusinessLine.GENERALES,
        "policy_number": "0047",
        "product": PRODUCTS[overrides.get("line", BusinessLine.GENERALES)][1],
        "customer_doc_type": holder.doc_type,
        "customer_doc_number": holder.doc_number,
        "customer_name": holder.name,
        "issued_on": TODAY,
        "currency": "PEN",
        "taxed": Decimal("100.00"),
        "vat": Decimal("18.00"),
        "total": Decimal("118.00"),
        "status": VoucherStatus.ACCEPTED,
        "updated_at": UPDATED,
        **overrides,
    }
    return Voucher.everything.create(**fields)


def keep(of: Voucher, **files: bytes) -> Voucher:
    """Let the store hold legal files of a voucher: `xml=`, `pdf=`, `cdr=`."""
    for sort, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        if not store().exists(name_of(sort, digest)):
            store().save(name_of(sort, digest), ContentFile(content))
        setattr(of, sort, digest)
    of.save()
    return of


def search(listing: Listing, viewer: Viewer, query: str = "", today: dt.date = TODAY) -> Search:
    """What `viewer` finds in `listing` by the query string; read it inside `viewing(viewer)`."""
    return Search(listing, viewer, QueryDict(query), today)


def _policy(of: Brokerage, line: str, overrides: dict[str, Any]) -> dict[str, Any]:
    """The fields that a cuota and a settlement have of their policy."""
    holder = overrides.pop("holder", None) or policyholder(of)
    code, product = PRODUCTS[line]
    fields = {
        "brokerage": of,
        "line": line,
        "product_code": code,
        "product": product,
        "policy_number": "0047",
        "policyholder": holder,
        "policyholder_doc_type": holder.doc_type,
        "policyholder_doc_number": holder.doc_number,
        "policyholder_name": holder.name,
        "policyholder_folded": holder.folded_name,
    }
    if line != BusinessLine.GENERALES:
        fields |= {"coverage_start": dt.date(2026, 11, 1), "coverage_end": dt.date(2026, 11, 30)}
    return fields
