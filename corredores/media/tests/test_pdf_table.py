"""A table as PDF: pages that are counted, heads that come again, text that stays whole."""

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pypdf import PdfReader

from corredores.media.pdf_parts import parts
from corredores.media.pdf_table import Band, PdfColumn, PdfPart, PdfRow, write_pdf
from corredores.media.workbook import SheetColumn, SmallTable

NAME, AMOUNT = PdfColumn("Contratante", "documento", 30, False), PdfColumn("Saldo", "", 10, True)
ROW: PdfRow = [("ACME", "RUC 20100000001"), ("S/ 1,234.56", "")]


def made(rows: Iterable[PdfRow | Band], before: Iterable[PdfPart] = ()) -> PdfReader:
    out = io.BytesIO()
    write_pdf(
        out, title="Cuotas", lines=[("Corredora", "Ñandú & Hnos <b>")], columns=[NAME, AMOUNT],
        rows=rows, footer="Corredora · Ana", before=before,
    )  # fmt: skip
    return PdfReader(out)


def text(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def test_a_list_of_nothing_is_one_page_with_its_heads() -> None:
    (page,) = text(made([]))
    for said in ("Cuotas", "Ñandú & Hnos <b>", "Contratante", "documento", "Saldo", "Página 1 de"):
        assert said in page


def test_every_page_has_the_heads_the_footer_and_its_number_of_all() -> None:
    pages = text(made([ROW] * 100))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert "Contratante" in page
        assert "Corredora · Ana" in page
        assert f"Página {number} de" in page
        assert page.split()[-1] == str(len(pages)) or f"\n{len(pages)}" in page
    assert sum(page.count("S/ 1,234.56") for page in pages) == 100
    assert "Ñandú" not in pages[1], "what the file says of itself stands once"


def test_a_page_is_a4_across() -> None:
    box = made([]).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)


def test_a_long_name_is_wrapped_and_a_long_word_broken_but_nothing_is_lost() -> None:
    name = "INVERSIONES " * 20 + "Z" * 200
    (page,) = text(made([[(name, ""), ("S/ 1.00", "")]]))
    assert "".join(name.split()) in "".join(page.split())


def test_a_name_of_1500_characters_has_room() -> None:
    name = "Ñandú " * 250
    said = "".join(text(made([[(name, ""), ("S/ 1.00", "")]] * 3)))
    assert said.count("Ñandú") == 750 + 1


def test_every_font_is_embedded() -> None:
    fonts: dict[str, Any] = {}
    for page in made([ROW, Band("Grupo"), Band("Subtotal", 0, "S/ 1.00")]).pages:
        fonts |= page["/Resources"]["/Font"]  # type: ignore[index]
    described = [font.get_object()["/FontDescriptor"].get_object() for font in fonts.values()]
    assert described
    assert all("/FontFile2" in it for it in described)


def test_bands_stand_between_the_rows_in_order() -> None:
    (page,) = text(made([Band("Contratante: ACME"), ROW, Band("Subtotal ACME", 0, "1 cuota")]))
    assert page.index("Contratante: ACME") < page.index("1,234.56") < page.index("Subtotal ACME")
    assert "1 cuota" in page


def test_a_head_of_a_group_never_stands_alone_at_the_foot() -> None:
    for rows in range(20, 30):
        pages = text(made([*[ROW] * rows, Band("Contratante: ÚLTIMO"), ROW]))
        (page,) = [page for page in pages if "ÚLTIMO" in page]
        assert "1,234.56" in page.split("ÚLTIMO")[1], rows


def table(months: int, lines: int = 2) -> SmallTable:
    amounts = [SheetColumn(f"m{number:02}", "#,##0.00", 12) for number in range(months)]
    columns = [SheetColumn("Contrato", "@", 16), *amounts, SheetColumn("Observación", "@", 20)]
    values = [Decimal(1000 + number) for number in range(months)]
    return SmallTable("Contrato × Mes", columns, [[f"E-{n}", *values, ""] for n in range(lines)])


def test_a_wide_table_goes_on_below_with_the_texts_of_its_lines() -> None:
    found = list(parts(table(11)))
    assert [[it.title for it in part.columns] for part in found] == [
        ["Contrato", *(f"m{number:02}" for number in range(8)), "Observación"],
        ["Contrato", "m08", "m09", "m10", "Observación"],
    ]
    assert [row[0][0] for part in found for row in part.rows] == ["E-0", "E-1"] * 2
    assert [it.numeric for it in found[1].columns] == [False, True, True, True, False]
    assert found[1].rows[0][1] == ("1,008.00", "")


def test_nothing_in_a_table_is_a_dash() -> None:
    (part,) = parts(SmallTable("x", [SheetColumn("m", "#,##0.00", 9)], [[None]]))
    assert part.rows == [[("—", "")]]


def test_tables_stand_before_the_rows_each_with_its_title_and_heads() -> None:
    first, *_ = pages = text(made([ROW], parts(table(11))))
    assert sum(page.count("Contrato × Mes") for page in pages) == 2
    assert first.index("Contrato × Mes") < first.index("m00") < first.index("Contratante")


def test_a_long_table_before_the_rows_has_its_own_heads_on_every_page() -> None:
    pages = text(made([ROW], parts(table(3, lines=90))))
    assert all("m00" in page for page in pages[:-1])
    assert "Contratante" in pages[-1]
    assert sum(page.count("1,000.00") for page in pages) == 90
