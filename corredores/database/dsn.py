"""Connection strings: PostgreSQL's own syntax in, Django's dictionary out."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}


def django_database(dsn: str, **options: Any) -> dict[str, Any]:
    """Turn a libpq URL or keyword string into one entry of Django's `DATABASES`."""
    parts = {key: value for key, value in conninfo_to_dict(dsn).items() if value is not None}
    entry = {django: str(parts.pop(libpq, "")) for libpq, django in _DJANGO_NAMES.items()}
    return {
        "ENGINE": "corredores.database.postgresql",
        **entry,
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {**parts, **options},
    }


def as_user(dsn: str, user: str) -> str:
    """The same server and database, another login role."""
    return make_conninfo(dsn, user=user)
