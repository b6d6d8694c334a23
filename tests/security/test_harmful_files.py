"""A program or a test virus under the name of a delivery: refused by content, kept nowhere."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from corredores.vouchers.models import Voucher
from tests.own_home import home

__all__ = ["home"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vouchers_at_home(home: Path, settings: Any) -> None:
    own = {**settings.STORAGES["comprobantes"], "OPTIONS": {"location": home / "comprobantes"}}
    settings.STORAGES = {**settings.STORAGES, "comprobantes": own}


# In two parts, so that no scanner takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HARMFUL = {"virus": EICAR, "elf": b"\x7fELF\x02\x01\x01" + bytes(400), "exe": b"MZ" + bytes(400)}
NAMES = (
    "cuotas.csv", "cuotas.xlsx", "cuotas.parquet", "20332970411-01-F001-00000001.xml",
    "20332970411-01-F001-00000001.pdf", "R-20332970411-01-F001-00000001.xml", "entrega.zip",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", HARMFUL)
def test_it_is_refused_and_nothing_of_it_stays(
    home: Path, tmp_path: Path, kind: str, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(HARMFUL[kind])
    with pytest.raises(SystemExit) as end:
        call_command("load", str(file))
    assert end.value.code == 1
    assert kept(home, HARMFUL[kind]) == []
    assert not Voucher.everything.exists()


def test_so_is_one_inside_an_archive(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "entrega.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in NAMES[3:6]:
            archive.writestr(name, EICAR)
    with pytest.raises(SystemExit):
        call_command("load", str(file))
    assert kept(home, EICAR) == []


def kept(home: Path, content: bytes) -> list[str]:
    """Files of the portal's home with this content."""
    return [
        str(it.relative_to(home))
        for it in home.rglob("*")
        if it.is_file() and content in it.read_bytes()
    ]
