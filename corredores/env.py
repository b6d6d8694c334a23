"""Everything an operator may set, typed, with its default and one sentence of explanation.

Read once at start from the environment (prefix `CORREDORES_`, and `DATABASE_URL`). An unknown
name or a bad value stops the start with a readable line. docs/generated/settings.md is
written from these fields.
"""

import datetime as dt
import ipaddress
import os
import re
import secrets
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "CORREDORES_"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_KEY_LENGTH = 50  # characters; Django's own measure
_WHO = ("ADMINISTRADOR", "COBRANZA", "LECTOR", "OPERACIONES", "SOPORTE", "AUDITORIA", "PERSONAL")


def default_home() -> Path:
    """The platform's user data folder; for root a folder that the server's user can enter."""
    if os.geteuid() == 0:
        return Path("/var/lib/corredores")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "corredores"


class Environment(BaseSettings):
    """The settings of one installation."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", env_ignore_empty=True)

    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="PostgreSQL server, as role corredores_web. Empty: an embedded server.",
    )
    database_owner_url: str = Field(
        "",
        validation_alias="DATABASE_OWNER_URL",
        description="The same database as role corredores_owner, for migrations and loads.",
    )
    database_replica_url: str = Field(
        "",
        validation_alias="DATABASE_REPLICA_URL",
        description="A streaming replica, as corredores_web: lists, files and reports read there.",
    )
    as_owner: bool = Field(False, description="Internal: this process migrates or loads.")
    home: Path = Field(
        default_factory=default_home,
        description="Folder of the embedded database, of files and of keys.",
    )
    voucher_files: Path | None = Field(
        None, description="Folder of the vouchers' legal files (XML, PDF, CDR). Empty: in the home."
    )
    debug: bool = Field(False, description="Developers only: error pages show the source.")
    secret_key: str = Field("", description="Key of signatures. Empty: one is kept in the home.")
    allowed_hosts: list[str] = Field(
        ["localhost", "127.0.0.1", "[::1]"], description="Host names the portal answers to."
    )
    secure_cookies: bool = Field(True, description="Cookies only over https (or localhost).")
    portal_name: str = Field("Somos Corredores", description="Name in the header of each page.")
    help_line: str = Field("513 5000 (opción 9)", description="Help line at the foot of pages.")
    voucher_available_from: dt.date = Field(
        dt.date(2017, 8, 1), description="Vouchers issued before cannot be downloaded (per issuer)."
    )
    payment_instructions: list[str] = Field(
        [
            "Banca por internet o móvil: Pago de servicios > la aseguradora > Vida.",
            "Indica el número de póliza y elige el número de esta liquidación.",
            "Agentes y ventanillas de los bancos afiliados: dicta el número de póliza.",
        ],
        description="How a settlement is paid, one sentence per line of the paper.",
    )
    pdf_row_limit: int = Field(10_000, ge=1, description="Rows of a list beyond which no PDF.")
    page_size: int = Field(50, ge=10, le=200, description="Rows on one page of a list.")
    grace_days: int = Field(30, ge=0, description="Days after the due date before suspension.")
    extinction_days: int = Field(90, ge=1, description="Days after the due date to extinction.")
    risk_horizon_days: int = Field(
        15, ge=1, description="Days ahead that count as at risk of suspension."
    )
    export_threads: int = Field(3, ge=1, description="Downloads at once per process; below half.")
    threads: int = Field(8, ge=2, description="Blocking threads of one web process.")
    workers: int = Field(2, ge=1, description="Web processes; at best one for each core.")
    production: bool = Field(
        False, description="Real people's data: https, own server, mail and key are then required."
    )
    public_url: str = Field(
        "", description="The portal's address in letters, as https://portal.example.pe."
    )
    trusted_proxies: list[str] = Field(
        [], description="Addresses or networks whose X-Forwarded-For and -Proto are believed."
    )
    email_url: str = Field(
        "", description="smtp://user:password@host:587?tls=starttls. Empty: files in the home."
    )
    email_from: str = Field("portal@localhost", description="Sender of letters.")
    mfa_required: list[str] = Field(
        [],
        description="Who needs a second factor: roles (ADMINISTRADOR, COBRANZA, LECTOR), PERSONAL "
        "for the insurer's staff, corredora:CODE for everybody of a brokerage.",
    )
    invitation_days: int = Field(7, ge=1, le=30, description="Days an invitation may be used.")
    session_idle_minutes: int = Field(
        30, ge=4, description="Minutes without activity after which a session ends."
    )
    session_hours: int = Field(12, ge=1, description="Hours after which every session ends.")
    sign_ins_at_once: int = Field(3, ge=1, description="Sign-ins at once per process.")
    searches_per_minute: int = Field(120, ge=1, description="Of one person, per process.")
    exports_per_minute: int = Field(20, ge=1, description="Of one person, per process.")
    upload_megabytes: int = Field(
        300, ge=1, description="Largest upload by page or API, all its files together."
    )
    api_calls_per_minute: int = Field(120, ge=1, description="Of one API token, per process.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least important lines of the portal's own log."
    )
    audit_days: int = Field(
        1825,
        ge=1,
        description="Days that the audit trail is kept; each night older events are deleted.",
    )
    tidy_at: dt.time = Field(
        dt.time(2, 30),
        description="When the worker forgets what is of no use, each day, in Lima.",
    )
    maintain_at: dt.time = Field(
        dt.time(3, 30),
        description="When the worker puts big tables in order, each day, in Lima.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, names: list[str]) -> list[str]:
        for name in names:
            ipaddress.ip_network(name, strict=False)
        return names

    @field_validator("mfa_required")
    @classmethod
    def _known(cls, names: list[str]) -> list[str]:
        for name in names:
            if name not in _WHO and not re.match("corredora:.", name):
                raise ValueError(f"{name} is no role; known: {', '.join(_WHO)}, corredora:CODE")
        return names


def unfit_for_production(read: Environment) -> list[str]:
    """What a portal with real people's data may not be started with, a line for each."""
    hosts = set(read.allowed_hosts)
    local = set(Environment.model_fields["allowed_hosts"].default)
    mistakes = {
        "DEBUG": "must be off" if read.debug else "",
        "SECRET_KEY": "needs 50 characters or more" if len(read.secret_key) < _KEY_LENGTH else "",
        "SECURE_COOKIES": "" if read.secure_cookies else "must be on",
        "ALLOWED_HOSTS": "name the portal's host" if hosts <= local or "*" in hosts else "",
        "PUBLIC_URL": "" if read.public_url.startswith("https://") else "must be https://…",
        "EMAIL_URL": _unfit_mail(read.email_url),
    }
    found = [f"{PREFIX}{name}: {what} in production" for name, what in mistakes.items() if what]
    if not read.database_url:
        found.append("DATABASE_URL: a server of your own is needed in production")
    for name in ("database_url", "database_owner_url", "database_replica_url"):
        if (dsn := getattr(read, name)) and (mistake := _unfit_database(dsn)):
            found.append(f"{name.upper()}: {mistake}")
    return found


def _unfit_database(dsn: str) -> str:
    try:
        parts = conninfo_to_dict(dsn)
    except ProgrammingError:
        return "is no address of a PostgreSQL server"
    private = parts.get("sslmode") == "verify-full" or _is_here(parts)
    return "" if private else "needs sslmode=verify-full, or a server of this machine"


def _unfit_mail(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "smtp":
        return "must be smtp://…"
    open_words = "tls=none" in parts.query and parts.hostname not in _THIS_MACHINE
    return "must use TLS, unless the mail server is this machine" if open_words else ""


def _is_here(dsn: Mapping[str, Any]) -> bool:
    """Whether there is no way on which somebody could read or answer."""
    if dsn.get("service") or os.environ.get("PGSERVICE"):
        return False  # a file says where
    named = [dsn.get("hostaddr"), dsn.get("host")]
    named += [os.environ.get("PGHOSTADDR"), os.environ.get("PGHOST")]
    hosts = str(next(filter(None, named), "")).split(",")
    return all(not it or it.startswith("/") or it in _THIS_MACHINE for it in hosts)


def unknown_names(environ: dict[str, str]) -> list[str]:
    """Names with our prefix that no setting has: usually a misspelling."""
    known = {f"{PREFIX}{name}".upper() for name in Environment.model_fields}
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in known)


@cache
def environment() -> Environment:
    """Read the environment, or end the process with one line per mistake."""
    mistakes = [f"{name}: no such setting" for name in unknown_names(dict(os.environ))]
    try:
        read = Environment()
        mistakes += unfit_for_production(read) if read.production else []
    except ValidationError as error:
        mistakes += [_sentence(problem) for problem in error.errors()]
    if mistakes:
        sys.exit("Settings are wrong:\n  " + "\n  ".join(mistakes))
    return read


def kept_secret(home: Path) -> str:
    """The secret key of an installation that set none: made once, kept in its home."""
    path = home / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text()


def _sentence(problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    shown = name if name.isupper() else f"{PREFIX}{name}".upper()
    return f"{shown}: {problem['msg']} (got {problem.get('input')!r})"
