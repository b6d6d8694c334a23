"""CSV as cores write it is read; what is not UTF-8 text is refused with the reason."""

import codecs
import csv
import io
from pathlib import Path

import pytest

from corredores.installments.models import Installment
from corredores.loading.actions import load_paths
from corredores.loading.csv_source import CsvSource
from corredores.loading.reports import FileReport

from .files import INSTALLMENT, Row

pytestmark = pytest.mark.usefixtures("brokerages")
SECOND: Row = {**INSTALLMENT, "id_cuota": "Q2", "contratante": 'EL "CLAVO";\nS.A.C., Ñ'}


def text(*rows: Row, separator: str = ";", ending: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator, lineterminator=ending)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def load(tmp_path: Path, content: bytes) -> FileReport:
    path = tmp_path / "archivo.csv"
    path.write_bytes(content)
    return load_paths([path], loaded_by="test")[0]


PLAIN = text(INSTALLMENT, SECOND)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN.encode(), id="plain"),
        pytest.param(codecs.BOM_UTF8 + PLAIN.encode(), id="byte order mark"),
        pytest.param(text(INSTALLMENT, SECOND, separator=",").encode(), id="comma"),
        pytest.param(text(INSTALLMENT, SECOND, ending="\n").encode(), id="unix"),
        pytest.param(text(INSTALLMENT, SECOND, ending="\r").encode(), id="old mac"),
        pytest.param(PLAIN.replace("\r\n", "\n", 1).encode(), id="mixed line ends"),
        pytest.param(PLAIN.rstrip("\r\n").encode(), id="no line end at the end"),
        pytest.param((PLAIN + "\r\n" * 3).encode(), id="blank lines at the end"),
        pytest.param(PLAIN.replace("\r\n", "\r\n\r\n", 1).encode(), id="blank line within"),
        pytest.param((PLAIN + ";" * 44 + "\r\n").encode(), id="a record without cells"),
        pytest.param(PLAIN.replace("id_cuota", '"ID_Cuota "', 1).encode(), id="odd header"),
    ],
)
def test_csv_of_many_makes_is_read(tmp_path: Path, content: bytes) -> None:
    report = load(tmp_path, content)
    assert (report.errors, report.inserted) == ([], 2)
    name = Installment.everything.get(external_id="Q2").policyholder_name
    assert name.replace("\r", "") == SECOND["contratante"]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        pytest.param(b"", "vacio", None, id="empty"),
        pytest.param(b" \n\n", "vacio", None, id="blank"),
        pytest.param(PLAIN.encode("latin-1"), "codificacion", 2, id="latin-1"),
        pytest.param(PLAIN.encode("utf-16"), "codificacion", None, id="utf-16"),
        pytest.param(PLAIN.encode("utf-16-le"), "codificacion", None, id="utf-16 without mark"),
        pytest.param(PLAIN.replace("LIMA", "LI\0MA").encode(), "byte_nulo", 2, id="nul"),
        pytest.param((PLAIN + '"Q3;C1\r\n').encode(), "comillas_abiertas", 4, id="open quote"),
        pytest.param(PLAIN.replace("LIMA", 'LI"MA', 1).encode(), "comillas", 2, id="stray quote"),
        pytest.param(
            PLAIN.replace("LIMA", 'LI,"MA"', 1).encode(), "comillas", 2, id="quote after a comma"
        ),
        pytest.param((PLAIN + "Q3;C1\r\n").encode(), "celdas", 4, id="short record"),
        pytest.param(PLAIN.replace("LIMA", "LI;MA", 1).encode(), "celdas", 2, id="long record"),
        pytest.param(PLAIN.encode()[:-40], "celdas", 3, id="truncated"),
        pytest.param(b"a" * 70_000, "cabecera", 1, id="endless header"),
        pytest.param(PLAIN.encode() + b"x" * 3_000_000, "registro_largo", 4, id="endless record"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "codificacion", 1, id="picture"),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused(
    tmp_path: Path, content: bytes, code: str, row: int | None
) -> None:
    report = load(tmp_path, content)
    assert [(error.code, error.row) for error in report.errors] == [(code, row)]
    assert Installment.everything.count() == 0


def test_text_that_went_through_latin_1_is_worth_a_look(tmp_path: Path) -> None:
    garbled = PLAIN.encode().decode("cp1252").encode()
    report = load(tmp_path, garbled)
    assert {(w.row, w.column) for w in report.warnings if w.code == "texto_dudoso"} == {
        (2, "producto"), (2, "contratante"), (3, "producto"), (3, "contratante"),
    }  # fmt: skip


def test_each_torn_record_is_named_and_so_are_the_bad_cells_of_the_others(tmp_path: Path) -> None:
    bad = text(INSTALLMENT, {**SECOND, "importe": "x"})
    report = load(tmp_path, (bad + "Q3;C1\r\nQ4;C1\r\n").encode())
    assert [(e.row, e.code) for e in report.errors] == [
        (3, "importe"),
        (4, "celdas"),
        (5, "celdas"),
    ]


def test_bad_cells_of_a_torn_record_are_not_judged(tmp_path: Path) -> None:
    bad = text(INSTALLMENT, {**SECOND, "cuota_numero": "x", "importe": "x"})
    report = load(tmp_path, bad.replace("LIMA", "LI;MA").encode())
    assert [(e.row, e.code) for e in report.errors] == [(2, "celdas"), (3, "celdas")]


def test_line_ends_of_the_old_mac_and_endless_blank_lines_need_no_more_memory(
    tmp_path: Path,
) -> None:
    many = [{**INSTALLMENT, "id_cuota": f"Q{number}"} for number in range(3_000)]
    content = text(*many, ending="\r").encode() + b"\r" * (2 << 20)
    (tmp_path / "mac.csv").write_bytes(content)
    blocks = list(CsvSource(tmp_path / "mac.csv").lines())
    assert max(map(len, blocks)) <= 3 << 20
    assert load(tmp_path, content).inserted == 3_000
