import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from corredores.papers.letterhead import Letterhead
from corredores.papers.tests.reading import fonts_of, page_count, text_of
from corredores.settlements.rendering import render
from corredores.settlements.settlement_paper import SettlementPaper

REGULAR = SettlementPaper(
    issuer=Letterhead(name="Andina Compañía de Seguros S.A.", ruc="20332970411"),
    number="LQ-204511",
    kind="REGULAR",
    status="PENDIENTE",
    issued_on=dt.date(2026, 3, 1),
    due_on=dt.date(2026, 3, 30),
    policyholder_doc_type="6",
    policyholder_doc_number="20512345678",
    policyholder_name="Muñoz & Peña Asociados S.A.C.",
    brokerage="Andes Riesgo y Seguros",
    policy_number="0047118",
    product="Vida Ley D.Leg. 688",
    coverage_start=dt.date(2026, 3, 1),
    coverage_end=dt.date(2026, 3, 31),
    insured_count=1280,
    payroll=Decimal("412350.75"),
    rate="0.53 %",
    currency="PEN",
    net_premium=Decimal("2185.46"),
    issue_fee=Decimal("65.56"),
    vat=Decimal("405.18"),
    total=Decimal("2656.20"),
    voucher_number="F001-88213",
    payment_instructions=("BCP: Pago de servicios, Vida Soles.", "Consultas: 513 5000, opción 9."),
)
EXCLUSION: dict[str, Any] = {
    "kind": "EXCLUSION",
    "status": "POR_DEVOLVER",
    "net_premium": Decimal("-2185.46"),
    "issue_fee": Decimal("-65.56"),
    "vat": Decimal("-405.18"),
    "total": Decimal("-2656.20"),
}


def told(**changes: Any) -> str:
    return text_of(render(replace(REGULAR, **changes)))


def test_a_settlement_tells_what_is_owed_for_whom_and_when() -> None:
    text = told()
    for wanted in (
        "LIQUIDACIÓN DE PRIMA", "LQ-204511", "Regular", "RUC 20332970411",
        "01/03/2026", "Fecha de vencimiento 30/03/2026", "Pendiente",
        "Muñoz & Peña Asociados S.A.C.", "RUC 20512345678", "Andes Riesgo y Seguros",
        "0047118", "Vida Ley D.Leg. 688", "01/03/2026 al 31/03/2026",
        "1,280", "412,350.75", "0.53 %", "F001-88213",
        "Prima neta S/ 2,185.46", "Derecho de emisión S/ 65.56", "IGV S/ 405.18",
        "Total a pagar S/ 2,656.20",
        "SON: DOS MIL SEISCIENTOS CINCUENTA Y SEIS CON 20/100 SOLES",
    ):  # fmt: skip
        assert wanted in text


def test_it_says_how_to_pay_while_there_is_something_to_pay() -> None:
    assert "BCP: Pago de servicios" in told()
    assert "BCP: Pago de servicios" in told(status="PAGO_PARCIAL")


@pytest.mark.parametrize("status", ["PAGADA", "ANULADA", "REPROGRAMADA", "EN_PROCESO"])
def test_it_never_invites_to_pay_twice_or_in_vain(status: str) -> None:
    text = told(status=status, paid_on=dt.date(2026, 3, 20))
    assert "BCP: Pago de servicios" not in text
    assert "Total a pagar" not in text


def test_a_paid_one_shows_its_date_of_payment() -> None:
    assert "Fecha de pago 20/03/2026" in told(status="PAGADA", paid_on=dt.date(2026, 3, 20))


@pytest.mark.parametrize(("status", "mark"), [("ANULADA", "ANULADA"), ("REPROGRAMADA", "REEMPL")])
def test_one_without_effect_says_so_across_the_page_and_in_words(status: str, mark: str) -> None:
    text = told(status=status)
    assert mark in text
    assert "no debe pagarse" in text


def test_an_exclusion_is_money_back() -> None:
    text = told(**EXCLUSION)
    assert "Importe a favor S/ -2,656.20" in text
    assert "SON: MENOS DOS MIL" in text
    assert "Por devolver" in text
    assert "BCP" not in text


@pytest.mark.parametrize(
    ("kind", "label"),
    [("INCLUSION", "Inclusión"), ("AJUSTE", "Ajuste"), ("EXCLUSION", "Exclusión")],
)
def test_each_type_is_named(kind: str, label: str) -> None:
    assert f"{label} · Vida Ley" in told(kind=kind)


def test_what_a_policy_has_not_is_a_dash() -> None:
    text = told(insured_count=None, payroll=None, rate="")
    assert "— — — 2,185.46" in text


def test_dollars_are_never_shown_as_soles() -> None:
    text = told(currency="USD")
    assert "US$ 2,656.20" in text
    assert "S/ " not in text


@pytest.mark.parametrize("name", ['#eval("1")', "*bold*", '=HYPERLINK("http://x")&MUÑOZ <b>'])
def test_markup_in_a_name_is_only_a_name(name: str) -> None:
    assert name in told(policyholder_name=name)


def test_a_name_of_1500_letters_stays_on_one_page() -> None:
    pdf = render(replace(REGULAR, policyholder_name="Ñandú " * 250))
    assert page_count(pdf) == 1
    assert text_of(pdf).count("Ñandú") == 250


def test_equal_papers_make_equal_files_with_their_fonts_inside() -> None:
    assert render(REGULAR) == render(replace(REGULAR))
    assert all(fonts_of(render(REGULAR)).values())


def test_unknown_codes_do_not_become_papers() -> None:
    with pytest.raises(ValueError, match="type 'X'"):
        replace(REGULAR, kind="X")
    with pytest.raises(ValueError, match="state 'X'"):
        replace(REGULAR, status="X")
