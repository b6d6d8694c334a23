"""Spoiled files of rows, CSV, XLSX and Parquet, made by hand: each with what must be said of it."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from . import spoiled_books
from .files import INSTALLMENT, Row, csv_text

GOOD = csv_text(INSTALLMENT)
HEAD, LINE = GOOD.splitlines()
SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[openpyxl.Workbook, Worksheet], None]


@dataclass(frozen=True)
class Spoiled:
    """A file and the first problem that must be said of it; no code: it must be accepted."""

    why: str
    content: bytes
    code: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None
    ending: str = "csv"


def no_text() -> Iterator[Spoiled]:
    """What is no CSV in UTF-8 at all."""
    for why, content, code, row in (
        ("nothing", b"", "vacio", None),
        ("blanks", b" \r\n\n", "vacio", None),
        ("Latin-1", GOOD.encode("latin-1"), "codificacion", 2),
        ("UTF-16", GOOD.encode("utf-16"), "codificacion", None),
        ("UTF-16 without a mark", GOOD.encode("utf-16-be"), "codificacion", None),
        ("UTF-32", GOOD.encode("utf-32-le"), "codificacion", None),
        (
            "a surrogate",
            GOOD.replace("LIMA", "LI~MA").encode().replace(b"~", b"\xed\xa0\x80"),
            "codificacion",
            2,
        ),
        ("an overlong slash", GOOD.encode().replace(b"LIMA", b"\xc0\xaf"), "codificacion", 2),
        ("a NUL", GOOD.replace("LIMA", "LI\0MA").encode(), "byte_nulo", 2),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "codificacion", 1),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + bytes(range(256)), "byte_nulo", 1),
        ("a program", b"\x7fELF\x02\x01\x01" + bytes(200), "codificacion", None),
        ("a PDF", b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n", "tipo", 1),
        ("HTML", b"<!doctype html><title>502 Bad Gateway</title>", "tipo", 1),
        ("JSON", b'[{"id_cuota": "Q1"}]', "tipo", 1),
        ("tabs", GOOD.replace(";", "\t").encode(), "tipo", 1),
    ):
        yield Spoiled(why, content, code, row)


def torn() -> Iterator[Spoiled]:
    """Records and headers that are not what they should be."""
    endless = b"x" * (3 << 20)
    for why, text, code, row, column in (
        ("an open quote", GOOD + '"Q3;C1\r\n', "comillas_abiertas", 3, ""),
        ("a quote in a cell", GOOD.replace("LIMA", 'LI"MA'), "comillas", 2, ""),
        ("a short record", GOOD + "Q3;C1\r\n", "celdas", 3, ""),
        ("a long record", GOOD.replace("LIMA", "LI;MA"), "celdas", 2, ""),
        ("cut in the middle", GOOD[:-60], "celdas", 2, ""),
        ("cut in the header", HEAD[:60], "tipo", 1, ""),
        ("a million columns", HEAD + ";x" * 1_000_000, "cabecera", 1, ""),
        ("a million cells", HEAD + "\r\n" + LINE + ";" * 1_100_000, "registro_largo", 2, ""),
        ("an endless header", "x" * 70_000, "cabecera", 1, ""),
        ("other headers", "a;b;c\n1;2;3\n", "tipo", 1, ""),
        ("a missing column", GOOD.replace("importe;", "imp;", 1), "falta_columna", 1, "importe"),
        (
            "a header twice",
            GOOD.replace("sucursal", "ejecutivo", 1),
            "columna_repetida",
            1,
            "ejecutivo",
        ),
    ):
        yield Spoiled(why, text.encode(), code, row, column)
    yield Spoiled("an endless record", GOOD.encode() + endless, "registro_largo", 3)


_WRONG_CELLS = (
    ("id_cuota", "", "requerido"),
    ("contratante", "\u00a0 \t", "requerido"),
    ("id_cuota", "x" * 65, "largo"),
    ("linea", "AUTOS", "valor"),
    ("estado", "pagada", "valor"),
    ("moneda", "EUR", "valor"),
    *(
        ("importe", value, "importe")
        for value in ("NaN", "1e400", "Infinity", "1.234", "1,234.56", "1 234.56", "1234,56",
                      "1_000", "\uff11\uff12", "\u0661", "\u22125.00", "=1+1", "S/ 5", "9" * 15)
    ),
    ("fecha_vencimiento", "2026-02-30", "fecha"),
    ("fecha_vencimiento", "2026-2-3", "fecha"),
    ("fecha_vencimiento", "05/02/2026", "fecha"),
    ("fecha_vencimiento", "2026-02-05 00:00", "fecha"),
    ("fecha_vencimiento", "tomorrow", "fecha"),
    ("fecha_vencimiento", "46058", "fecha"),
    ("fecha_vencimiento", "9999-12-31", "fecha_rango"),
    ("fecha_vencimiento", "1902-08-19", "fecha_rango"),
    ("actualizado_en", "2026-01-05T10:00:00", "fecha_hora"),
    ("actualizado_en", "2026-01-05T25:00:00-05:00", "fecha_hora"),
    ("actualizado_en", "infinity", "fecha_hora"),
    ("cuota_numero", "1.0", "entero"),
    ("cuota_numero", "0x1", "entero"),
    ("comision_porcentaje", "12.34567", "decimal"),
    ("comprobante", "F001-0", "comprobante"),
    ("codigo_corredor", "C9", "corredor"),
    ("vigencia_fin", "2025-01-01", "vigencia"),
    ("liquidacion", "L1", "liquidacion_fuera_de_vida"),
    ("sucursal", "LI\x1b[31mMA", "control"),
    ("sucursal", "LI\x85MA", "control"),
)  # fmt: skip


def wrong_cells() -> Iterator[Spoiled]:
    """One cell each."""
    for column, value, code in _WRONG_CELLS:
        content = csv_text({**INSTALLMENT, column: value}).encode()
        said = "" if code == "requerido" else value
        yield Spoiled(f"{column} {value[:20]!r}", content, code, 2, column, said)
    twice = csv_text(INSTALLMENT, {**INSTALLMENT, "importe": "1.00"}).encode()
    yield Spoiled("a key twice", twice, "duplicado", 3, "id_cuota", "Q1")


@cache
def books() -> list[Spoiled]:
    """XLSX, spoiled from within a spreadsheet program."""
    return list(_books())


def _books() -> Iterator[Spoiled]:
    for change, code, row, column, value in (
        (spoiled_books.formula, "formula", 2, "", "W2"),
        (_array_formula, "formula", 2, "", "W2"),
        (spoiled_books.merged, "celdas_unidas", 2, "", ""),
        (spoiled_books.very_hidden, "hoja_oculta", None, "", "Sheet"),
        (spoiled_books.moved_down, "cabecera", 1, "", ""),
        (spoiled_books.far_cell, "desmedido", None, "", ""),
        (spoiled_books.far_row, "desmedido", None, "", ""),
        (spoiled_books.long_number, "numero_largo", 2, "", None),
        (_fault_cell, "celda_error", 2, "", "Y2"),
        (_truth_cell, "importe", 2, "importe", "TRUE"),
        (_thousands, "importe", 2, "importe", "1,234.56"),
        (_day_of_1902, "fecha_rango", 2, "fecha_vencimiento", "1902-08-19"),
        (_time_of_day, "fecha", 2, "fecha_vencimiento", "2026-02-05T10:30:00"),
        (_empty, "cabecera", 1, "", ""),
    ):
        yield Spoiled(change.__name__, book(change), code, row, column, value, "xlsx")


@cache
def archives() -> list[Spoiled]:
    """XLSX, spoiled as a ZIP; Parquet. Made once, as the bombs are large."""
    return list(_archives())


def _archives() -> Iterator[Spoiled]:
    good = book()
    laughs = (
        '<!DOCTYPE l [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><workbook>&c;</workbook>'
    )
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><workbook>&f;</workbook>'
    for why, content, code in (
        ("half of it", good[: len(good) // 2], "zip"),
        ("a wrong sum", _wrong_sum(good), "zip"),
        ("an old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "excel"),
        (
            "a Word document",
            repacked(good, {"xl/workbook.xml": None, "word/document.xml": b"x"}),
            "excel",
        ),
        ("a macro", repacked(good, {"xl/vbaProject.bin": b"x"}), "macro"),
        ("a bomb", repacked(good, {SHEET: bytes(401 << 20)}), "desmedido"),
        (
            "a bomb of text",
            repacked(good, {"xl/sharedStrings.xml": b"a" * (65 << 20)}),
            "desmedido",
        ),
        ("a sheet cut short", repacked(good, {SHEET: _part(good, SHEET)[:-200]}), "excel"),
        ("a way out", repacked(good, {"../../etc/cron.d/x": b"x"}), "zip"),
        ("a million laughs", repacked(good, {"xl/workbook.xml": laughs.encode()}), "xml"),
        ("a file of ours", repacked(good, {"xl/workbook.xml": outside.encode()}), "xml"),
        ("no sheets", repacked(good, {"xl/workbook.xml": b"<workbook/>"}), "excel"),
        ("no sheet", repacked(good, {SHEET: None}), "excel"),
        ("too many parts", repacked(good, {f"x/{n}": b"" for n in range(20_001)}), "desmedido"),
    ):
        yield Spoiled(why, content, code, ending="xlsx")
    yield Spoiled("a Parquet of nothing", b"PAR1", "parquet", ending="parquet")
    yield Spoiled("a Parquet cut short", b"PAR1" + bytes(500), "parquet", ending="parquet")


def odd_but_right() -> Iterator[Spoiled]:
    """What looks wrong and is right; `{}` in a row is a number that makes its key its own."""
    for why, changes in (
        ("a refund", {"importe": "-121.54", "pagado": "-1"}),
        ("the first day", {"fecha_emision": "1990-01-01"}),
        ("the last day", {"fecha_vencimiento": "2100-12-31"}),
        ("a leap day", {"fecha_emision": "2024-02-29"}),
        ("a formula in a name", {"contratante": "=HYPERLINK(\"http://x\")"}),
        ("a very long name", {"contratante": "Ñ" * 1500}),
        ("quotes, separators, line ends", {"contratante": 'EL "CLAVO";\r\nS.A., Ñ'}),
        ("another script", {"contratante": "保险 😀 компания"}),
        ("a moment in UTC", {"actualizado_en": "2026-01-05 15:00:00.123456Z"}),
        ("hostile words", {"contratante": "'; drop table x; -- <script>\\copy"}),
    ):  # fmt: skip
        yield Spoiled(why, csv_text({**INSTALLMENT, **changes, "id_cuota": why}).encode())
    for why, change in (
        ("commas", lambda text: csv_text({**INSTALLMENT, "id_cuota": "commas"}, separator=",")),
        ("old Mac", lambda text: text.replace("\r\n", "\r")),
        ("mixed line ends", lambda text: text.replace("\r\n", "\n", 1)),
        ("blank lines", lambda text: text.replace("\r\n", "\r\n\r\n\n") + "\n\n"),
        ("a record without cells", lambda text: text + ";" * HEAD.count(";") + "\r\n"),
        ("a mark", lambda text: "\ufeff" + text),
    ):
        text = csv_text({**INSTALLMENT, "id_cuota": why})
        yield Spoiled(why, change(text).encode())
    yield Spoiled("a book named .csv", book(id_cuota="a book"))


def book(change: Change | None = None, **cells: str) -> bytes:
    """A workbook with one good row of text, changed."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    row: Row = {**INSTALLMENT, **cells}
    sheet.append(list(row))
    sheet.append([value or None for value in row.values()])
    if change:
        change(made, sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(archive: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The same ZIP with members added, changed, or (None) left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", 8, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def _part(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return file.read(name)


def _wrong_sum(archive: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        sheet = file.getinfo(SHEET)
    place = sheet.header_offset + 30 + len(SHEET) + sheet.compress_size // 2
    return archive[:place] + bytes([archive[place] ^ 255]) + archive[place + 1 :]


def _array_formula(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["W2"] = ArrayFormula("W2", "=SUM(S2:V2)")


def _fault_cell(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["Y2"] = "#N/A"


def _truth_cell(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["W2"] = True


def _thousands(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["W2"] = "1,234.56"


def _day_of_1902(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["Z2"] = 962
    sheet["Z2"].number_format = "yyyy-mm-dd"


def _time_of_day(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["Z2"] = 46058.4375
    sheet["Z2"].number_format = "yyyy-mm-dd"


def _empty(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.delete_rows(1, 2)
