"""R03 Antigüedad de deuda."""

import datetime as dt
from decimal import Decimal

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import TODAY, day, installment, paid, policyholder

from .reading import pdf_lines, problems, table, told, totals, workbook

R03 = report(BusinessLine.GENERALES, "antiguedad-de-deuda")
HEALTH = report(BusinessLine.SALUD, "antiguedad-de-deuda")
BANDS = ("tramo_por_vencer", "tramo_1_30", "tramo_31_60", "tramo_61_90", "tramo_91_mas")


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-1, "tramo_por_vencer"), (0, "tramo_por_vencer"), (1, "tramo_1_30"), (30, "tramo_1_30"),
        (31, "tramo_31_60"), (60, "tramo_31_60"), (61, "tramo_61_90"), (90, "tramo_61_90"),
        (91, "tramo_91_mas"), (1000, "tramo_91_mas"),
    ],
)  # fmt: skip
def test_a_debt_stands_in_the_band_of_its_days(
    a: Brokerage, ana: Viewer, days: int, band: str
) -> None:
    installment(a, due_on=day(-days), issued_on=day(-2000))
    (row,) = told(R03, ana)
    assert {name: row[name] for name in BANDS} == {
        name: Decimal(100) if name == band else 0 for name in BANDS
    }


def test_one_row_for_each_policyholder_and_currency(a: Brokerage, ana: Viewer) -> None:
    zoe, abel = policyholder(a, "ZOE"), policyholder(a, "Ábel")
    installment(a, holder=zoe, total="30.01", due_on=day(-31))
    installment(a, holder=zoe, total="20.02", due_on=day(-31), policy_number="9")
    installment(a, holder=zoe, total="10.00", currency="USD")
    installment(a, holder=abel, total="150.09", due_on=day(-91))
    paid(a, day(-1), holder=abel)
    rows = told(R03, ana)
    assert [
        (
            row["contratante"],
            row["moneda"],
            row["cuotas"],
            str(row["total"]),
            str(row["porcentaje"]),
        )
        for row in rows
    ] == [
        ("Ábel", "PEN", 1, "150.09", "75.00"),
        ("ZOE", "PEN", 2, "50.03", "25.00"),
        ("ZOE", "USD", 1, "10.00", "100.00"),
    ]


def test_totals_are_those_of_every_band(a: Brokerage, ana: Viewer) -> None:
    for days, total in ((-5, "1.01"), (5, "2.02"), (45, "4.04"), (75, "8.08"), (120, "16.16")):
        installment(a, due_on=day(-days), total=total)
        installment(a, due_on=day(-days), total=total, holder=policyholder(a, "OTRA"))
    installment(a, currency="USD", total="5.55")
    assert totals(R03, ana) == {
        "PEN": (2, "2.02", "4.04", "8.08", "16.16", "32.32", "62.62"),
        "USD": (1, "5.55", "0", "0", "0", "0", "5.55"),
    }


def test_the_share_is_of_what_the_parameters_leave(a: Brokerage, ana: Viewer) -> None:
    installment(a, product_code="INC")
    installment(a, holder=policyholder(a, "OTRA"))
    assert {row["porcentaje"] for row in told(R03, ana)} == {50}
    assert [row["porcentaje"] for row in told(R03, ana, "producto=INC")] == [100]


def test_days_can_be_counted_from_the_start_of_cover(a: Brokerage, ana: Viewer) -> None:
    month = {"coverage_start": day(-40), "coverage_end": day(-10)}
    installment(a, line="SALUD", due_on=day(5), **month)
    by_due_date, by_cover = told(HEALTH, ana)[0], told(HEALTH, ana, "base=VIGENCIA")[0]
    assert (by_due_date["tramo_por_vencer"], by_due_date["tramo_31_60"]) == (100, 0)
    assert (by_cover["tramo_por_vencer"], by_cover["tramo_31_60"]) == (0, 100)
    assert totals(HEALTH, ana, "base=VIGENCIA")["PEN"][1:4] == ("0", "0", "100.00")


def test_a_cuota_without_cover_of_its_own_counts_from_its_due_date(
    a: Brokerage, ana: Viewer
) -> None:
    installment(a, due_on=day(-31))
    assert told(R03, ana, "base=VIGENCIA")[0]["tramo_31_60"] == 100


def test_one_debtor_of_both_currencies_counts_once_in_each(a: Brokerage, ana: Viewer) -> None:
    for currency in ("PEN", "USD", "PEN", "USD"):
        installment(a, currency=currency)
    assert {code: found[0] for code, found in totals(R03, ana).items()} == {"PEN": 1, "USD": 1}


def test_the_workbook_is_numbers(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=day(-31), total="100.10")
    (cells,) = table(workbook(R03, ana))
    assert (cells["31 a 60 días"].value, cells["31 a 60 días"].data_type) == (100.1, "n")
    assert (cells["% del total"].value, cells["Cuotas"].value) == (100, 1)


def test_the_pdf_says_the_totals_of_each_currency(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=day(-31), total="1234.56")
    lines = pdf_lines(R03, ana)
    (said,) = [line for line in lines if line.startswith("1 contratante")]
    assert "31 a 60 días S/ 1,234.56" in said
    assert said.endswith("Total S/ 1,234.56")
    assert f"Fecha de corte: {TODAY:%d/%m/%Y}; Días desde: Fecha de vencimiento" in lines


def test_an_unknown_base_is_refused(ana: Viewer) -> None:
    assert "base" in problems(R03, ana, "base=EMISION")


def test_a_leap_day_is_a_day(a: Brokerage, ana: Viewer) -> None:
    installment(a, due_on=dt.date(2024, 2, 29), issued_on=dt.date(2024, 1, 1))
    row = told(R03, ana, "corte=2024-03-31")[0]
    assert row["tramo_31_60"] == 100
    assert told(R03, ana, "corte=2024-03-30")[0]["tramo_1_30"] == 100
