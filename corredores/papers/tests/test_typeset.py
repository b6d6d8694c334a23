import datetime as dt
import io
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader

from corredores.papers.tests.reading import fonts_of, text_of
from corredores.papers.typeset import PaperError, typeset

HERE = Path(__file__).parent
ONE_LINE = HERE / "one_line.typ"
DAY = dt.date(2026, 3, 15)


def one_line(line: object, *, template: Path = ONE_LINE, watermark: str = "") -> bytes:
    data = {"line": line}
    return typeset(template, data, title="Ensayo", issued=DAY, watermark=watermark)


def written(folder: Path, source: str) -> Path:
    template = folder / "own.typ"
    template.write_text(source)
    return template


def test_the_text_can_be_read_back() -> None:
    assert "MUÑOZ & PEÑA" in text_of(one_line("MUÑOZ & PEÑA"))


@pytest.mark.parametrize(
    "markup",
    ['#eval("1")', "*bold* _it_ `raw`", "$x^2$", "<b> @ref", '=HYPERLINK("http://x")', "\\n // c"],
)
def test_markup_in_data_is_printed_as_it_stands(markup: str) -> None:
    assert markup in text_of(one_line(markup))


def test_every_font_is_inside_the_file() -> None:
    fonts = fonts_of(one_line("Ñandú"))
    assert fonts
    assert all(fonts.values())
    assert all("SourceSansPro" in name for name in fonts)


def test_equal_data_make_equal_bytes() -> None:
    assert one_line("igual") == one_line("igual")


def test_the_creation_date_is_the_documents_own() -> None:
    info = PdfReader(io.BytesIO(one_line("x"))).metadata
    assert info is not None
    assert info.title == "Ensayo"
    assert info.creation_date is not None
    assert info.creation_date.date() == DAY


def test_it_is_an_archivable_and_accessible_pdf() -> None:
    reader = PdfReader(io.BytesIO(one_line("x")))
    catalog = cast("dict[str, Any]", reader.root_object)
    metadata = catalog["/Metadata"].get_data()
    assert b"pdfaid:part>2<" in metadata
    assert b"pdfuaid:part>1<" in metadata
    assert catalog["/Lang"] == "es-PE"
    assert catalog["/MarkInfo"]["/Marked"]


def test_the_watermark_crosses_the_page() -> None:
    assert "DADO DE BAJA" in text_of(one_line("x", watermark="DADO DE BAJA"))


def test_two_threads_do_not_mix_their_papers() -> None:
    mixed: list[str] = []

    def work(name: str) -> None:
        for i in range(15):
            told = text_of(one_line(f"{name}{i:03}"))
            if f"{name}{i:03}" not in told:
                mixed.append(told)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Ana", "Beto")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mixed == []


def test_a_missing_template_is_named() -> None:
    with pytest.raises(PaperError, match=r"no template .*nowhere\.typ"):
        one_line("x", template=HERE / "nowhere.typ")


@pytest.mark.parametrize("value", [Decimal("1.00"), DAY, float("nan"), "\ud800", b"x"])
def test_data_are_text_and_numbers_or_refused(value: object) -> None:
    if isinstance(value, str):
        assert "■" in text_of(one_line(value))
    else:
        with pytest.raises(PaperError, match="one_line"):
            one_line(value)


def test_a_template_that_asks_for_more_than_it_got_is_an_error() -> None:
    with pytest.raises(PaperError, match="line"):
        typeset(ONE_LINE, {}, title="x", issued=DAY)


def test_a_template_reads_no_file_of_the_house(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    paths = ["secret.txt", "/etc/passwd", "../secret.txt", f"{tmp_path}/secret.txt"]
    for path in (*paths, str(HERE.parent / "typeset.py")):
        template = written(tmp_path, f'#let x = read("{path}")')
        with pytest.raises(PaperError):
            one_line("x", template=template)
