"""What the web's login may do in the database: little, and never more than this list says."""

from collections import defaultdict
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from corredores.database.dsn import as_user
from corredores.database.roles import LIMITED, OWNER, WEB

pytestmark = pytest.mark.django_db

READ = "SELECT"
WRITE = "DELETE INSERT SELECT UPDATE"
# Every privilege of the web on every table. Business rows are only read; what holds all
# brokerages' rows at once (staging) never outlives the transaction of a load and is never here.
# Of the audit trail it may only append, and not every column: corredores/audit/tests.
# Into the queue it only puts: a job's number comes back, and that is all it may read of it.
KEPT_FROM_THE_LIMITED = {
    "accounts_cache": WRITE,
    "accounts_failure": WRITE,
    "accounts_invitation": WRITE,
    "accounts_letter": WRITE,
    "accounts_session": WRITE,
    "mfa_authenticator": WRITE,
    "procrastinate_events": "INSERT",
    "procrastinate_jobs": "INSERT",
    "tokens_token": "INSERT SELECT",
    "uploads_upload": "INSERT SELECT",
    "uploads_upload_receipts": READ,
}
READ_BY_THE_LIMITED = {
    "accounts_brokerage": WRITE,
    "accounts_membership": WRITE,
    "accounts_user": WRITE,
    "accounts_user_groups": WRITE,
    "accounts_user_user_permissions": WRITE,
    "account_emailaddress": WRITE,
    "account_emailconfirmation": WRITE,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "django_admin_log": WRITE,
    "django_content_type": READ,
    "django_migrations": READ,
    "installments_installment": READ,
    "installments_installmentchange": READ,
    "loading_receipt": READ,
    "portfolio_issuer": WRITE,
    "portfolio_policyholder": READ,
    "portfolio_productterms": WRITE,
    "reports_healthperiod": READ,
    "reports_reversal": READ,
    "settlements_settlement": READ,
    "vouchers_voucher": READ,
}
GRANTED = KEPT_FROM_THE_LIMITED | READ_BY_THE_LIMITED


def rows(query: str, *values: Any) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def privileges(role: str) -> dict[str, str]:
    found = defaultdict(list)
    for table, privilege in rows(
        """select table_name, privilege_type from information_schema.role_table_grants
           where grantee = %s and table_schema = 'public' order by 1, 2""",
        role,
    ):
        found[str(table)].append(str(privilege))
    return {table: " ".join(granted) for table, granted in found.items()}


def test_the_web_has_exactly_the_privileges_of_the_list() -> None:
    assert privileges(WEB) == GRANTED


def test_the_limited_role_only_reads_and_no_more_than_the_web() -> None:
    assert privileges(LIMITED) == dict.fromkeys(READ_BY_THE_LIMITED, READ)


def test_the_public_has_no_privilege_on_any_table() -> None:
    assert privileges("PUBLIC") == {}


def test_no_role_of_ours_is_a_superuser_or_passes_row_security() -> None:
    found = rows(
        """select rolname, rolsuper or rolbypassrls or rolcreaterole or rolreplication
           from pg_roles where rolname like 'corredores_%%'"""
    )
    assert {OWNER, WEB, LIMITED} <= {name for name, _powers in found}
    assert [name for name, powers in found if powers] == []


def test_nobody_but_the_owner_owns_anything() -> None:
    catalogs = {
        "pg_class": "relowner", "pg_namespace": "nspowner", "pg_proc": "proowner",
        "pg_database": "datdba", "pg_type": "typowner",
    }  # fmt: skip
    owned = [
        (catalog, *row)
        for catalog, owner in catalogs.items()
        for row in rows(
            f"select o.oid::text from {catalog} o join pg_roles r on r.oid = o.{owner} "
            "where r.rolname like 'corredores_%%' and r.rolname <> %s",
            OWNER,
        )
    ]
    assert owned == []


@pytest.fixture
def web() -> psycopg.Connection[tuple[object, ...]]:
    """A session as the web has it in production: signed in as its own role."""
    database = settings.DATABASES["default"]
    base = f"host='{database['HOST']}' port='{database['PORT'] or 5432}'"
    return psycopg.connect(
        as_user(f"{base} dbname={connection.settings_dict['NAME']}", WEB), autocommit=True
    )


@pytest.mark.parametrize(
    "attempt",
    [
        f"set role {OWNER}",
        f"set session authorization {OWNER}",
        f"grant {OWNER} to {WEB}",
        "alter table installments_installment disable row level security",
        "drop policy brokerage on installments_installment",
        f"create policy all_rows on installments_installment to {WEB} using (true)",
        "insert into installments_installmentchange default values",
        "update installments_installment set paid = 0",
        "delete from vouchers_voucher",
        "truncate settlements_settlement",
        "create table public.mine (id int)",
        f"alter role {WEB} bypassrls",
        "copy installments_installment to program 'cat'",
        "select pg_read_file('/etc/hostname')",
    ],
)
def test_the_web_cannot(web: psycopg.Connection[tuple[object, ...]], attempt: str) -> None:
    with web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(attempt)


def test_the_web_without_a_viewer_sees_no_business_row(
    web: psycopg.Connection[tuple[object, ...]],
) -> None:
    with web:
        assert web.execute("select count(*) from installments_installment").fetchone() == (0,)
