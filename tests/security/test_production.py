"""A portal with real people's data does not start with settings that are fit for a demo."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corredores.env import Environment, unfit_for_production

ROOT = Path(__file__).parents[2]
FIT = {
    "CORREDORES_PRODUCTION": "true",
    "CORREDORES_SECRET_KEY": "k3y-" * 20 + "abcdefghijklmnop",
    "CORREDORES_ALLOWED_HOSTS": '["portal.example.pe"]',
    "CORREDORES_PUBLIC_URL": "https://portal.example.pe",
    "CORREDORES_EMAIL_URL": "smtp://a:b@mail.example.pe:587",
    "DATABASE_URL": "postgresql://corredores_web@db.example.pe/corredores",
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
