import datetime as dt
from decimal import Decimal

import pytest

from corredores.papers.letterhead import Letterhead
from corredores.papers.tests.reading import fonts_of, page_count, text_of
from corredores.papers.typeset import PaperError
from corredores.vouchers.rendering import qr_content, render
from corredores.vouchers.tests.papers_to_print import INVOICE, ISSUER, LINES, invoice
from corredores.vouchers.voucher_paper import VoucherLine


def told(**changes: object) -> str:
    return text_of(render(invoice(**changes)))


def test_the_qr_says_what_sunat_wants_in_its_order() -> None:
    paper = invoice(hash="DIGEST=")
    assert qr_content(paper) == (
        "20332970411|01|F001|123|185.40|1215.40|2026-03-15|6|20131312955|DIGEST="
    )


def test_the_qr_has_two_decimals_and_no_commas() -> None:
    content = qr_content(invoice(vat=Decimal(0), total=Decimal("1234567.5"), hash=""))
    assert "|0.00|1234567.50|" in content
    assert content.endswith("|20131312955|")


def test_an_invoice_shows_all_that_the_law_asks_for() -> None:
    text = told()
    for wanted in (
        "RUC 20332970411", "FACTURA ELECTRÓNICA", "F001-123", "15/03/2026", "Soles",
        "Andina Compañía de Seguros", "Av. Los Incas 830",
        "RUC 20131312955", "MUÑOZ & PEÑA ASOCIADOS S.A.C.", "Jr. Los Ñandúes 455",
        "Prima Vida Ley 1 1,000.00 Gravado 1,000.00", "Op. gravada S/ 1,030.00",
        "IGV S/ 185.40", "Importe total S/ 1,215.40",
        "SON: MIL DOSCIENTOS QUINCE CON 40/100 SOLES",
        "Representación impresa de la factura electrónica", "Consulte su validez",
        "Valor resumen: ZG3Kq0p3zE0x7bVQ0v0Q1p2s3t4=", "Aceptado por SUNAT",
    ):  # fmt: skip
        assert wanted in text


def test_the_insurance_is_told_too() -> None:
    text = told()
    for wanted in ("0047118", "3 de 12", "01/03/2026 al 31/03/2026", "S/ 250,000.00", "Andes"):
        assert wanted in text


def test_payment_terms_list_each_quota() -> None:
    assert "Cuota001 15/04/2026 S/ 1,215.40" in told()
    assert "Cuotas del comprobante" not in told(terms=())


@pytest.mark.parametrize(
    ("kind", "title", "phrase"),
    [
        ("01", "FACTURA ELECTRÓNICA", "de la factura electrónica"),
        ("03", "BOLETA DE VENTA ELECTRÓNICA", "de la boleta de venta electrónica"),
        ("07", "NOTA DE CRÉDITO ELECTRÓNICA", "de la nota de crédito electrónica"),
        ("08", "NOTA DE DÉBITO ELECTRÓNICA", "de la nota de débito electrónica"),
        ("13", "DOCUMENTO AUTORIZADO", "del documento autorizado"),
    ],
)
def test_each_type_has_its_title_and_its_phrase(kind: str, title: str, phrase: str) -> None:
    text = told(kind=kind)
    assert title in text
    assert f"Representación impresa {phrase}" in text


def test_a_credit_note_names_what_it_modifies_and_why() -> None:
    text = told(
        kind="07", series="FC01", modifies_kind="01", modifies_number="F001-123",
        modifies_on=dt.date(2026, 3, 15), reason_code="06", reason="Póliza anulada",
    )  # fmt: skip
    assert "Factura F001-123" in text
    assert "06 · Devolución total" in text
    assert "Póliza anulada" in text


def test_a_debit_note_has_reasons_of_its_own() -> None:
    text = told(kind="08", modifies_number="F001-1", reason_code="01")
    assert "01 · Intereses por mora" in text


def test_an_unknown_reason_is_printed_as_it_came() -> None:
    assert "Motivo 99" in told(kind="07", modifies_number="F001-1", reason_code="99")


@pytest.mark.parametrize(("status", "mark"), [("BAJA", "DADO DE BAJA"), ("RECHAZADO", "RECHAZADO")])
def test_an_invalid_voucher_says_so_across_the_page_and_in_words(status: str, mark: str) -> None:
    text = told(status=status)
    assert mark in text
    assert "no tiene validez" in text


@pytest.mark.parametrize("status", ["EMITIDO", "ACEPTADO"])
def test_a_valid_voucher_has_no_watermark(status: str) -> None:
    assert "no tiene validez" not in told(status=status)


def test_dollars_are_never_shown_as_soles() -> None:
    text = told(currency="USD")
    assert "US$ 1,215.40" in text
    assert "DÓLARES AMERICANOS" in text
    assert "S/ " not in text


def test_exempt_and_non_taxable_lines_have_their_sums() -> None:
    lines = (
        VoucherLine(description="A", unit_value=Decimal(50), amount=Decimal(50), affectation="20"),
        VoucherLine(description="B", unit_value=Decimal(50), amount=Decimal(50), affectation="30"),
    )
    text = told(lines=lines, taxed=Decimal(0), exempt=Decimal(50), non_taxable=Decimal(50))
    assert "Exonerado" in text
    assert "Op. exonerada S/ 50.00" in text
    assert "Op. inafecta S/ 50.00" in text
    assert "Op. gravada" not in text


def test_negative_and_zero_amounts_are_printed() -> None:
    text = told(total=Decimal("-1215.40"), taxed=Decimal(0), vat=Decimal(0), terms=())
    assert "Importe total S/ -1,215.40" in text
    assert "SON: MENOS MIL" in text
    assert "Op. gravada S/ 0.00" in text


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x")&MUÑOZ <b>', '#eval("1")', "*bold*", "O´HIGGINS  $x$ @y"]
)
def test_markup_in_a_name_is_only_a_name(name: str) -> None:
    assert " ".join(name.split()) in told(customer_name=name)
    assert " ".join(name.split()) in told(lines=(LINES[0], invoice_line(name)))


def invoice_line(description: str) -> VoucherLine:
    return VoucherLine(description=description, unit_value=Decimal(1), amount=Decimal(1))


def test_a_name_of_1500_letters_stays_on_one_page() -> None:
    name = ("CONSORCIO DE LA SELVA CENTRAL " * 50)[:1500].strip()
    pdf = render(invoice(customer_name=name))
    assert page_count(pdf) == 1
    assert name in text_of(pdf)


@pytest.mark.parametrize(
    ("status", "mark"), [("ACEPTADO", ""), ("BAJA", "DADO DE BAJA"), ("RECHAZADO", "RECHAZADO")]
)
def test_many_lines_go_on_with_their_header_on_the_next_page(status: str, mark: str) -> None:
    lines = tuple(invoice_line(f"Asegurado {i}") for i in range(80))
    pdf = render(invoice(lines=lines, status=status))
    assert page_count(pdf) == 3
    text = text_of(pdf)
    assert not mark or text.count(mark) == 3
    assert text.count("Factura F001-123") == 5  # head of the second and third, foot of each
    assert text.count(ISSUER.name) == 3
    assert text.count("Valor unitario (S/)") == 3
    assert "Asegurado 79" in text
    assert "Página 3 de 3" in text
    assert text.count("Importe total") == 1


def test_little_is_enough() -> None:
    text = told(
        series="", number="ABC-0099", policy_number="", endorsement="", installment_no=None,
        coverage_start=None, coverage_end=None, insurance_type="", sum_insured=None, brokerage="",
        customer_address="", payment_means="", terms=(), hash="", lines=(),
    )  # fmt: skip
    assert "ABC-0099" in text
    assert "SEGURO" not in text
    assert "None" not in text


def test_equal_papers_make_equal_files_with_their_fonts_inside() -> None:
    assert render(INVOICE) == render(invoice())
    assert all(fonts_of(render(INVOICE)).values())


def test_unknown_codes_do_not_become_papers() -> None:
    with pytest.raises(ValueError, match="type '99'"):
        invoice(kind="99")
    with pytest.raises(ValueError, match="state 'X'"):
        invoice(status="X")
    with pytest.raises(ValueError, match="EUR"):
        render(invoice(currency="EUR"))


def test_a_spoiled_logo_is_an_error_that_names_it() -> None:
    spoiled = Letterhead(name=ISSUER.name, ruc=ISSUER.ruc, logo=b"\x00\x01\xff")
    with pytest.raises(PaperError, match="logo"):
        render(invoice(issuer=spoiled))
