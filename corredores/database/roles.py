"""The login roles. They belong to the whole server, so migrations never make them.

`corredores_owner` migrates and loads. `corredores_web` serves people: it owns nothing and
cannot become the owner. `corredores_limited` is what the web becomes for a member who may
not see every business line. An operator of an own server makes the same three
(docs/operations.md).
"""

import psycopg
from psycopg import sql

DATABASE = "corredores"
OWNER = "corredores_owner"
WEB = "corredores_web"
LIMITED = "corredores_limited"


def create_roles(superuser_dsn: str) -> None:
    """Create roles and database if they are missing; a second call changes nothing.

    NOINHERIT memberships: the owner may look through the web's eyes (tests do), without the
    restrictive policy of the limited role ever applying to it by membership alone.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as link:
        _create_missing(link)
        exists = link.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if exists.fetchone() is None:
            link.execute(
                sql.SQL("create database {} owner {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def _create_missing(link: psycopg.Connection[tuple[object, ...]]) -> None:
    rows = link.execute("select rolname from pg_roles where rolname like 'corredores_%'")
    present = {row[0] for row in rows}
    if {OWNER, WEB, LIMITED} <= present:
        return
    if OWNER not in present:
        link.execute(f"create role {OWNER} login createdb")
    if WEB not in present:
        link.execute(f"create role {WEB} login")
    if LIMITED not in present:
        link.execute(f"create role {LIMITED} nologin")
    link.execute(f"grant {LIMITED} to {WEB} with inherit false, set true")
    link.execute(f"grant {WEB}, {LIMITED} to {OWNER} with inherit false, set true")
