"""Brokerages, people and business rows for tests: plain functions with sensible defaults.

Everything is written as the database's owner, as loading does it, and read by the code under
test through a viewer. Any field of a row may be given by name; what a row needs (policyholder,
issuer, vigencia) is made for it.
"""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage, Membership, Role, User
from corredores.accounts.viewer import Viewer, viewer_of
from corredores.installments.models import Installment
from corredores.installments.status import Status
from corredores.portfolio.folding import folded
from corredores.portfolio.models import Issuer, Policyholder
from corredores.settlements.models import Settlement
from corredores.vouchers.models import Voucher

ISSUER_RUC = "20332970411"
CLIENT = "Muñoz & Peña Asociados S.A.C."
CLIENT_RUC = "20512345678"
# A name that would do harm wherever text is not treated as text.
NASTY = '=HYPERLINK("http://x")&MUÑOZ <b>'

_PRODUCTS = {
    "GENERALES": ("VEH", "Vehículos"),
    "VIDA": ("VLEY", "Vida Ley"),
    "SALUD": ("EPS", "EPS Regular"),
}
_numbers = count(1)
M = TypeVar("M", bound=Model)


def today() -> dt.date:
    """Today in Lima, as the portal sees it."""
    return timezone.localdate()


def in_days(days: int) -> dt.date:
    """The day so many days from today; negative for the past."""
    return today() + dt.timedelta(days=days)


def brokerage(code: str = "", **overrides: Any) -> Brokerage:
    """A brokerage with all lines."""
    code = code or f"C{next(_numbers):05}"
    return Brokerage.objects.create(
        code=code, **{"ruc": "20100070970", "name": f"Corredora {code} S.A.C.", **overrides}
    )


def member(
    of: Brokerage,
    role: str = Role.ADMINISTRATOR,
    lines: tuple[str, ...] = tuple(BusinessLine.values),
    **overrides: Any,
) -> User:
    """A person with a place in one brokerage."""
    user = _user(**overrides)
    Membership.objects.create(user=user, brokerage=of, role=role, lines=list(lines))
    return user


def staff(**overrides: Any) -> User:
    """A person of the insurer, with the stock admin's whole rights."""
    return _user(**{"is_staff": True, "is_superuser": True, **overrides})


def stranger(**overrides: Any) -> User:
    """A person who may sign in, and has a place nowhere."""
    return _user(**overrides)


def viewer(
    of: Brokerage,
    role: str = Role.ADMINISTRATOR,
    lines: tuple[str, ...] = tuple(BusinessLine.values),
) -> Viewer:
    """The eyes of a new member."""
    return viewer_of(member(of, role, lines), of.pk)


def policyholder(of: Brokerage, **overrides: Any) -> Policyholder:
    """The contratante as a brokerage knows it; the same document is the same person."""
    wanted = {"doc_type": "6", "doc_number": CLIENT_RUC, "name": CLIENT, **overrides}
    key = {name: wanted.pop(name) for name in ("doc_type", "doc_number")}
    found, _made = Policyholder.everything.get_or_create(
        brokerage=of, **key, defaults={"folded_name": folded(wanted["name"]), **wanted}
    )
    return found


def issuer(ruc: str = ISSUER_RUC, **overrides: Any) -> Issuer:
    """Who issues vouchers; the same RUC is the same issuer."""
    wanted = {"name": "Andina Compañía de Seguros S.A.", **overrides}
    return Issuer.objects.get_or_create(ruc=ruc, defaults=wanted)[0]


def installment(of: Brokerage, **overrides: Any) -> Installment:
    """A pending cuota of S/ 118.00 that is due today; Generales unless said otherwise."""
    number = next(_numbers)
    line = overrides.get("line", BusinessLine.GENERALES)
    due_on = overrides.get("due_on", today())
    row: dict[str, Any] = {
        **_contract(of, line, overrides),
        **_amounts(overrides.get("total", Decimal("118.00"))),
        "external_id": f"Q-{number:06}",
        "number": 1,
        "count": 12,
        "issued_on": due_on - dt.timedelta(days=15),
        "due_on": due_on,
        "updated_at": timezone.now(),
    }
    if line != BusinessLine.GENERALES:
        row |= {"coverage_start": due_on, "coverage_end": due_on + dt.timedelta(days=30)}
    return _fresh(Installment.everything.create(**{**row, **overrides}))


def paid(of: Brokerage, **overrides: Any) -> Installment:
    """A cuota that was paid whole on its due date."""
    total = overrides.get("total", Decimal("118.00"))
    due_on = overrides.get("due_on", today())
    row = {"status": Status.PAID, "total": total, "paid": total, "paid_on": due_on}
    return installment(of, **{**row, **overrides})


def settlement(of: Brokerage, **overrides: Any) -> Settlement:
    """A pending premium settlement of this month."""
    number = next(_numbers)
    due_on = overrides.get("due_on", today())
    row: dict[str, Any] = {
        **_contract(of, BusinessLine.VIDA, overrides),
        **_amounts(overrides.get("total", Decimal("118.00"))),
        "number": f"LQ-{number:06}",
        "type": "REGULAR",
        "insured_count": 25,
        "payroll": Decimal("41235.75"),
        "rate": "0.53 %",
        "issued_on": due_on - dt.timedelta(days=15),
        "due_on": due_on,
        "coverage_start": due_on,
        "coverage_end": due_on + dt.timedelta(days=30),
        "updated_at": timezone.now(),
    }
    return _fresh(Settlement.everything.create(**{**row, **overrides}))


def voucher(
    of: Brokerage,
    *,
    installment: Installment | None = None,
    settlement: Settlement | None = None,
    **overrides: Any,
) -> Voucher:
    """An accepted invoice of today. With a cuota or a settlement: of it, and linked both ways."""
    source = installment or settlement
    overrides.setdefault("issuer", issuer())
    row: dict[str, Any] = {
        "type": "01",
        "series": "F001",
        "number": next(_numbers),
        "brokerage": of,
        "line": source.line if source else BusinessLine.GENERALES,
        "installment_external_id": installment.external_id if installment else "",
        "settlement_number": settlement.number if settlement else "",
        "policy_number": source.policy_number if source else f"P-{next(_numbers):06}",
        "product": source.product if source else "Vehículos",
        "customer_doc_type": source.policyholder_doc_type if source else "6",
        "customer_doc_number": source.policyholder_doc_number if source else CLIENT_RUC,
        "customer_name": source.policyholder_name if source else CLIENT,
        "issued_on": today(),
        "currency": source.currency if source else "PEN",
        "taxed": Decimal("100.00"),
        "vat": Decimal("18.00"),
        "total": Decimal("118.00"),
        "status": "ACEPTADO",
        "updated_at": timezone.now(),
    }
    made = _fresh(Voucher.everything.create(**{**row, **overrides}))
    if source:
        _lead(source, made)
    return made


def _user(**overrides: Any) -> User:
    # Tests sign in with `force_login`; a hash would cost a quarter of a second each.
    name = overrides.pop("username", f"persona{next(_numbers)}")
    return User.objects.create(username=name, password="!", **overrides)


def _contract(of: Brokerage, line: str, given: dict[str, Any]) -> dict[str, Any]:
    code, product = _PRODUCTS[line]
    name = given.get("policyholder_name", "")
    person = given.get("policyholder") or policyholder(
        of,
        **{
            name: given[f"policyholder_{name}"]
            for name in ("doc_type", "doc_number", "name")
            if f"policyholder_{name}" in given
        },
    )
    return {
        "brokerage": of,
        "line": line,
        "product_code": code,
        "product": product,
        "policy_number": f"P-{next(_numbers):06}",
        "policyholder": person,
        "policyholder_doc_type": person.doc_type,
        "policyholder_doc_number": person.doc_number,
        "policyholder_name": name or person.name,
        "policyholder_folded": folded(name) if name else person.folded_name,
        "currency": "PEN",
        "status": Status.PENDING,
    }


def _amounts(total: Decimal) -> dict[str, Decimal]:
    net = round(total / Decimal("1.18"), 2)
    return {"net_premium": net, "vat": total - net, "total": total}


def _lead(source: Installment | Settlement, made: Voucher) -> None:
    source.voucher_type, source.voucher_number = made.type, made.full_number
    source.voucher_id, source.voucher_issued_on = made.pk, made.issued_on
    source.voucher_issuer_id = made.issuer_id
    if isinstance(source, Installment):
        source.voucher_count += 1
    source.save()


def _fresh(row: M) -> M:
    """With the values that the database generates."""
    row.refresh_from_db()
    return row
