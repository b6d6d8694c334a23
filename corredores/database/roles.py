"""The login roles. They belong to the whole server, so migrations never make them.

`corredores_owner` migrates and loads. `corredores_web` serves people: it owns nothing and
cannot become the owner. What the web becomes for one transaction, and nobody logs in as:
`corredores_limited` for a member who may not see every business line, `corredores_trail` to
read one brokerage's audit trail, `corredores_auditor` to read all of it. An operator of an own
server makes the same five (docs/operations.md).
"""

import psycopg
from psycopg import sql

DATABASE = "corredores"
OWNER = "corredores_owner"
WEB = "corredores_web"
LIMITED = "corredores_limited"
TRAIL = "corredores_trail"
AUDITOR = "corredores_auditor"
# Of the web alone: what a person asks for ends, also where no page sets a time of its own, and
# the server notices that who asked has gone.
_PATIENCE = ("statement_timeout = '10s'", "client_connection_check_interval = '2s'")
_EYES = (LIMITED, TRAIL, AUDITOR)


def create_roles(superuser_dsn: str) -> None:
    """Create roles and database if they are missing; a second call changes nothing.

    NOINHERIT memberships: the owner may look through the web's eyes (tests do), without the
    restrictive policy of the limited role ever applying to it by membership alone.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as link:
        _create_missing(link)
        for setting in _PATIENCE:
            link.execute(f"alter role {WEB} set {setting}")
        exists = link.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if exists.fetchone() is None:
            link.execute(
                sql.SQL("create database {} owner {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _create_missing(link: psycopg.Connection[tuple[object, ...]]) -> None:
    rows = link.execute("select rolname from pg_roles where rolname like 'corredores_%'")
    missing = {OWNER, WEB, *_EYES} - {row[0] for row in rows}
    if OWNER in missing:
        link.execute(f"create role {OWNER} login createdb")
    if WEB in missing:
        link.execute(f"create role {WEB} login")
        link.execute(f"grant {WEB} to {OWNER} with inherit false, set true")
    for role in missing & {*_EYES}:
        link.execute(f"create role {role} nologin")
        link.execute(f"grant {role} to {WEB}, {OWNER} with inherit false, set true")
