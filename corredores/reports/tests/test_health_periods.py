"""R13 Facturas EPS/Salud por periodo de vigencia: a matrix of contract and month."""

import datetime as dt
import re
from calendar import monthrange
from decimal import Decimal
from typing import Any

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.reports.catalogue import report
from tests.people import day, installment, policyholder

from .reading import column, pdf_lines, sheet, table, told, totals, workbook

R13 = report(BusinessLine.SALUD, "facturas-por-periodo")
ALL = "desde=&hasta="
MATRIX = "Contrato × Periodo"


def month(of: Brokerage, which: int, year: int = 2026, **overrides: Any) -> Any:
    """A cuota of EPS that covers a calendar month."""
    first = dt.date(year, which, 1)
    cover = {
        "coverage_start": first,
        "coverage_end": first.replace(day=monthrange(year, which)[1]),
    }
    return installment(of, line="SALUD", **{"number": which, "due_on": first, **cover, **overrides})


def test_the_matrix_has_a_line_for_each_contract_and_a_column_for_each_month(
    a: Brokerage, ana: Viewer
) -> None:
    for number, total in ((8, "100.10"), (9, "100.10"), (10, "120.20")):
        month(a, number, total=total, policy_number="E-1")
    month(a, 9, total="50.05", policy_number="E-2", holder=policyholder(a, "Núñez"))
    month(a, 10, total="7.07", policy_number="E-2", holder=policyholder(a, "Núñez"), currency="USD")
    cent = Decimal
    assert sheet(workbook(R13, ana, ALL), MATRIX) == [
        ("Contrato", "Plan", "Contratante", "Moneda", "2026-08", "2026-09", "2026-10", "Total",
         "Observación"),
        ("E-1", "EPS plan regular", "ACME S.A.C.", "PEN", cent("100.1"), cent("100.1"),
         cent("120.2"), cent("320.4"), None),
        ("E-2", "EPS plan regular", "Núñez", "PEN", None, cent("50.05"), None, cent("50.05"), None),
        ("E-2", "EPS plan regular", "Núñez", "USD", None, None, cent("7.07"), cent("7.07"), None),
        ("Total", None, None, "PEN", cent("100.1"), cent("150.15"), cent("120.2"), cent("370.45"),
         None),
        ("Total", None, None, "USD", None, None, cent("7.07"), cent("7.07"), None),
    ]  # fmt: skip


def test_excel_opens_on_the_matrix_and_the_rows_stand_before_it(a: Brokerage, ana: Viewer) -> None:
    month(a, 11)
    book = workbook(R13, ana, ALL)
    assert book.sheetnames == ["Facturas EPS Salud por periodo ", "Resumen", MATRIX]
    assert book.active is not None
    assert book.active.title == MATRIX
    assert len(table(book)) == 1


def test_the_pdf_begins_with_the_matrix(a: Brokerage, ana: Viewer) -> None:
    month(a, 9, total="1234.56", policy_number="E-1")
    month(a, 11, total="10.00", policy_number="E-1")
    said = " ".join(pdf_lines(R13, ana, ALL))
    assert said.index(MATRIX) < said.index("Contrato: E-1")
    matrix = said[said.index(MATRIX) : said.index("Contrato: E-1")]
    places = [matrix.index(it) for it in ("2026-09", "2026-11", "1,234.56", "10.00", "1,244.56")]
    assert places == sorted(places)
    assert "2026-11: Falta" in matrix


def test_a_year_of_months_goes_on_below_in_the_pdf(a: Brokerage, ana: Viewer) -> None:
    for number in range(1, 13):
        month(a, number, total=f"{number}.00", policy_number="E-1")
    said = " ".join(pdf_lines(R13, ana, ALL))
    assert said.count(MATRIX) == 2, "eight months and the rest"
    assert said.index("2026-08") < said.rindex(MATRIX) < said.index("2026-09")
    assert len(re.findall(r"(?<!S/ )\b78\.00", said)) == 2  # the total of the contract, and of all


@pytest.mark.parametrize(
    ("second", "flag"),
    [
        ({"coverage_start": dt.date(2026, 10, 1)}, ""),
        ({"coverage_start": dt.date(2026, 9, 30)}, ""),  # joined on the same day
        ({"coverage_start": dt.date(2026, 10, 2)}, "FALTA"),
        ({"coverage_start": dt.date(2026, 9, 29)}, "TRASLAPE"),
        ({"coverage_start": dt.date(2026, 9, 1), "coverage_end": dt.date(2026, 9, 30), "number": 9},
         "DUPLICADA"),
    ],
)  # fmt: skip
def test_a_period_that_does_not_join_the_one_before_is_said(
    a: Brokerage, ana: Viewer, second: dict[str, Any], flag: str
) -> None:
    month(a, 9)
    month(a, 10, **second)
    assert column(R13, ana, "observacion", ALL)[-1] == flag


def test_gaps_are_seen_across_the_edge_of_the_range(a: Brokerage, ana: Viewer) -> None:
    """The month before the range is known, though it is not shown."""
    month(a, 8)
    month(a, 10)
    month(a, 11)
    rows = told(R13, ana, "desde=2026-10-01&hasta=2026-11-30")
    assert [(row["periodo"], row["observacion"], row["cubierto_hasta"]) for row in rows] == [
        ("2026-10", "FALTA", dt.date(2026, 8, 31)),
        ("2026-11", "", dt.date(2026, 10, 31)),
    ]


def test_february_of_a_leap_year_joins_march(a: Brokerage, ana: Viewer) -> None:
    month(a, 2, 2028)
    month(a, 3, 2028)
    assert column(R13, ana, "observacion", ALL) == ["", ""]


def test_the_peers_of_a_yearly_period_are_no_duplicates(a: Brokerage, ana: Viewer) -> None:
    year: dict[str, Any] = {
        "coverage_start": dt.date(2026, 1, 1), "coverage_end": dt.date(2026, 12, 31),
    }  # fmt: skip
    for number in (1, 2, 3):
        month(a, number, **year)
    assert column(R13, ana, "observacion", ALL) == ["", "", ""]


def test_void_and_rescheduled_cuotas_cover_nothing(a: Brokerage, ana: Viewer) -> None:
    month(a, 9)
    month(a, 9, status="ANULADA")
    month(a, 10, status="REPROGRAMADA", replaced_by="x")
    month(a, 11)
    assert column(R13, ana, "observacion", ALL) == ["", "FALTA"]


def test_another_product_certificate_or_endorsement_is_another_series(
    a: Brokerage, ana: Viewer
) -> None:
    others: list[dict[str, Any]] = [
        {}, {"product_code": "EPP"}, {"certificate": "C2"}, {"endorsement": "1"},
    ]  # fmt: skip
    for own in others:
        month(a, 9, **own)
    assert column(R13, ana, "observacion", ALL) == [""] * 4


def test_one_number_of_two_plans_is_two_lines_of_the_matrix(a: Brokerage, ana: Viewer) -> None:
    month(a, 9, product_code="EPR")
    month(a, 9, product_code="EPP", product="EPS potestativo")
    lines = sheet(workbook(R13, ana, ALL), MATRIX)[1:]
    assert [line[:2] for line in lines] == [
        ("0047", "EPS potestativo"), ("0047", "EPS plan regular"), ("Total", None),
    ]  # fmt: skip


def test_the_same_contract_of_another_brokerage_fills_no_gap(
    a: Brokerage, b: Brokerage, ana: Viewer
) -> None:
    month(a, 9)
    month(b, 10)
    month(a, 11)
    assert column(R13, ana, "observacion", ALL) == ["", "FALTA"]


def test_the_range_takes_every_period_of_which_a_day_lies_in_it(a: Brokerage, ana: Viewer) -> None:
    for number in (8, 9, 11, 12):
        month(a, number)
    assert column(R13, ana, "periodo") == ["2026-09", "2026-11"]  # 24 September to today
    assert column(R13, ana, "periodo", "desde=2026-12-31&hasta=2026-12-31") == ["2026-12"]


def test_a_row_says_contract_plan_invoice_total_and_state(a: Brokerage, ana: Viewer) -> None:
    month(
        a, 11, policy_number="E-1", total="118.00", voucher_number="F100-3",
        voucher_issued_on=day(-20), due_on=day(-1),
    )  # fmt: skip
    (row,) = told(R13, ana)
    assert (row["contrato"], row["producto"], row["periodo"]) == (
        "E-1",
        "EPS plan regular",
        "2026-11",
    )
    assert (row["factura"], row["emision_factura"]) == ("F100-3", day(-20))
    assert (row["importe"], row["saldo"], row["estado"]) == (118, 118, "VENCIDA")
    assert totals(R13, ana) == {"PEN": (1, "118.00", "118.00")}
