"""A portal with real people's data does not start with settings that are fit for a demo."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from corredores.accounts.mail_url import mail_settings
from corredores.env import Environment, kept_secret, unfit_for_production

ROOT = Path(__file__).parents[2]
FIT = {
    "CORREDORES_PRODUCTION": "true",
    "CORREDORES_SECRET_KEY": "k3y-" * 20 + "abcdefghijklmnop",
    "CORREDORES_ALLOWED_HOSTS": '["portal.example.pe"]',
    "CORREDORES_PUBLIC_URL": "https://portal.example.pe",
    "CORREDORES_EMAIL_URL": "smtp://a:b@mail.example.pe:587",
    "DATABASE_URL": "postgresql://corredores_web@db.example.pe/corredores?sslmode=verify-full",
}
UNFIT = {
    "CORREDORES_DEBUG": "true",
    "CORREDORES_SECRET_KEY": "",
    "CORREDORES_SECURE_COOKIES": "false",
    "CORREDORES_ALLOWED_HOSTS": '["*"]',
    "CORREDORES_PUBLIC_URL": "http://portal.example.pe",
    "CORREDORES_EMAIL_URL": "file:///mail",
    "DATABASE_URL": "",
}


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> list[str]:
    for name in list(os.environ):
        if name.startswith(("CORREDORES_", "DATABASE_")):
            monkeypatch.delenv(name)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return unfit_for_production(Environment())


def test_a_fit_one_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, **FIT) == []


@pytest.mark.parametrize("name", UNFIT)
def test_each_unfit_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (line,) = read(monkeypatch, **{**FIT, name: UNFIT[name]})
    assert line.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORREDORES_EMAIL_URL", "smtp://mail.example.pe:25?tls=none"),
        ("DATABASE_URL", "postgresql://corredores_web@db.example.pe/corredores"),
        ("DATABASE_URL", "host=db.example.pe,127.0.0.1 sslmode=require"),
        ("DATABASE_OWNER_URL", "postgresql://corredores_owner@192.0.2.1/corredores"),
        ("DATABASE_REPLICA_URL", "hostaddr=192.0.2.1 host=localhost sslmode=verify-ca"),
    ],
)
def test_what_leaves_the_machine_in_the_open_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    (line,) = read(monkeypatch, **{**FIT, name: value})
    assert line.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORREDORES_EMAIL_URL", "smtp://localhost:25?tls=none"),
        ("CORREDORES_EMAIL_URL", "smtp://a:b@mail.example.pe:465?tls=tls"),
        ("DATABASE_URL", "host=/run/postgresql dbname=corredores"),
        ("DATABASE_URL", "postgresql://corredores_web@127.0.0.1:6432/corredores"),
        ("DATABASE_OWNER_URL", "host=db.example.pe sslmode=verify-full"),
    ],
)
def test_what_stays_on_the_machine_or_is_encrypted_is_accepted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert read(monkeypatch, **{**FIT, name: value}) == []


def test_mail_is_sent_by_tls_unless_it_says_otherwise() -> None:
    for url, starttls, tls in (
        ("smtp://a:b@mail.example.pe", True, False),
        ("smtp://a:b@mail.example.pe?tls=tls", False, True),
    ):
        found = mail_settings(url, Path("home"))
        assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (starttls, tls)


def started(*command: str, **values: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env={**kept, **values},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_does_not_start_and_says_everything_at_once(tmp_path: Path) -> None:
    result = started("corredores", "serve", CORREDORES_PRODUCTION="true",
                     CORREDORES_DEBUG="true", CORREDORES_HOME=str(tmp_path))  # fmt: skip
    assert result.returncode == 1
    for name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "EMAIL_URL"):
        assert f"CORREDORES_{name}: " in result.stderr
    assert "DATABASE_URL: " in result.stderr
    assert list(tmp_path.iterdir()) == [], "no embedded server was begun"


def said_in_production(folder: Path, program: str) -> list[str]:
    """The lines that a program of a portal in production writes."""
    (folder / "asked.py").write_text(f"import django; django.setup()\n{program}")
    (folder / "static").mkdir()
    result = started("asked", DJANGO_SETTINGS_MODULE="corredores.settings",
                     PYTHONPATH=f"{folder}:{ROOT}", CORREDORES_HOME=str(folder),
                     CORREDORES_LOG_LEVEL="ERROR", **FIT)  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_plain_http_is_led_to_https_before_a_cookie_is_set(tmp_path: Path) -> None:
    ask = """
from django.test import Client
for secure in (False, True):
    it = Client().get("/clave/lista/", HTTP_HOST="portal.example.pe", secure=secure)
    print(it.status_code, it.headers.get("Location"), dict(it.cookies),
          it.headers.get("Strict-Transport-Security"))
"""
    plain, secure = said_in_production(tmp_path, ask)
    assert plain == "301 https://portal.example.pe/clave/lista/ {} None"
    assert secure.startswith("200 None")
    assert secure.endswith("max-age=31536000; includeSubDomains")


def test_passwords_are_kept_as_argon2id_of_46_mib(tmp_path: Path) -> None:
    hashed = "from django.contrib.auth.hashers import make_password as it; print(it('una frase'))"
    (said,) = said_in_production(tmp_path, hashed)
    kind, variant, _version, costs, *_rest = said.split("$")
    memory = int(dict(it.split("=") for it in costs.split(","))["m"])
    assert (kind, variant) == ("argon2", "argon2id")
    assert memory >= 46_000


def test_a_key_that_nobody_set_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = kept_secret(tmp_path / "home")
    file = tmp_path / "home" / "secret-key"
    assert kept_secret(tmp_path / "home") == key == file.read_text()
    assert len(key) > 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_check_deploy_finds_nothing(tmp_path: Path) -> None:
    result = started("django", "check", "--deploy", "--fail-level", "WARNING",
                     DJANGO_SETTINGS_MODULE="corredores.settings",
                     CORREDORES_HOME=str(tmp_path), **FIT)  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORREDORES_TRUSTED_PROXIES", '["10.0.0.0/33"]'),
        ("CORREDORES_TRUSTED_PROXIES", '["proxy.local"]'),
        ("CORREDORES_MFA_REQUIRED", '["ADMINISTRADORES"]'),
    ],
)
def test_a_misspelt_name_of_a_role_or_a_network_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ValueError, match=name.removeprefix("CORREDORES_").lower()):
        read(monkeypatch, **{name: value})
