"""The demo's people."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage, Membership, Role, StaffRole, User

PASSWORD = "cuotas-al-dia"  # noqa: S105 - printed at each start; demo data only


@dataclass(frozen=True)
class Account:
    """One demo account. `place`: which brokerage, by size; None for the insurer's staff."""

    username: str
    name: tuple[str, str]
    role: Role | None
    place: int | None
    what: str
    lines: tuple[str, ...] = tuple(BusinessLine.values)
    staff_role: str = ""


ACCOUNTS = (
    Account("corredor1", ("Carla", "Rojas"), Role.ADMINISTRATOR, 0, "administra la corredora 1"),
    Account("corredor2", ("Diego", "Salas"), Role.ADMINISTRATOR, 1, "administra la corredora 2"),
    Account("cobranza1", ("Rosa", "Quiñones"), Role.COLLECTOR, 0, "cobranza de la corredora 1"),
    Account(
        "lector1", ("Luis", "Paredes"), Role.VIEWER, 0, "solo lectura de Vida, corredora 1",
        (BusinessLine.VIDA,),
    ),
    Account("personal", ("Ana", "Torres"), None, None, "administra el portal en la aseguradora",
            staff_role=StaffRole.ADMINISTRATOR),
    Account("soporte", ("Iván", "Mejía"), None, None, "soporte: ve como una corredora",
            staff_role=StaffRole.SUPPORT),
    Account("auditor", ("Elsa", "Ríos"), None, None, "auditoría: quién vio qué",
            staff_role=StaffRole.AUDITOR),
    Account("operador", ("Hugo", "Luna"), None, None, "operaciones: cargas y emisores",
            staff_role=StaffRole.OPERATIONS),
)  # fmt: skip


def ensure_accounts() -> None:
    """Make the accounts that are missing. The two first brokerages by code are theirs."""
    if User.objects.filter(username__in=[it.username for it in ACCOUNTS]).count() == len(ACCOUNTS):
        return
    password = make_password(PASSWORD)
    brokerages = list(Brokerage.objects.order_by("code")[:2])
    for account in ACCOUNTS:
        user, _made = User.objects.get_or_create(
            username=account.username,
            defaults={
                "first_name": account.name[0],
                "last_name": account.name[1],
                "password": password,
                "is_staff": bool(account.staff_role),
                "is_superuser": account.staff_role == StaffRole.ADMINISTRATOR,
                "staff_role": account.staff_role,
            },
        )
        if account.place is not None and account.role is not None:
            Membership.objects.get_or_create(
                user=user,
                brokerage=brokerages[account.place],
                defaults={"role": account.role, "lines": list(account.lines)},
            )
