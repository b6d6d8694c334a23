"""Every report for each of those who may ask: only their brokerage's rows, in every format."""

import io
from decimal import Decimal

import pytest

from corredores.accounts.business_line import BusinessLine
from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.listings import Listing
from corredores.listings.texts import write_csv
from corredores.reports.catalogue import REPORTS
from tests.people import (
    TODAY,
    administrator,
    day,
    installment,
    paid,
    policyholder,
    reader,
    search,
    settlement,
    staff_viewer,
    stranger,
    voucher,
)

from .reading import CAPTION, pdf_lines, sheet, table, told, totals, workbook

OFFERED = [(line, it) for line, reports in REPORTS.items() for it in reports]
NAMES = [f"{line.lower()}/{it.slug}" for line, it in OFFERED]
every_report = pytest.mark.parametrize(("line", "listing"), OFFERED, ids=NAMES)
FORMULA = '=HYPERLINK("http://x")&MUÑOZ <b>'


@pytest.fixture
def filled(a: Brokerage, b: Brokerage) -> None:
    """The same in both brokerages, of clients called after them: something for every report."""
    for of in (a, b):
        holder = policyholder(of, f"{FORMULA} DE-{of.code}")
        for line in BusinessLine:
            common = {"holder": holder, "line": line, "issued_on": day(-50)}
            refused = {"rejected_on": day(-1), "rejection_reason": "SIN FONDOS"}
            installment(of, due_on=day(-40), total="100.01", **refused, **common)
            paid(of, TODAY, total="20.02", **common)
            installment(of, status="ANULADA", total="3.03", **common)
            voucher(of, type="07", holder=holder, line=line)
        settlement(of, holder=holder, total="400.04")
        settlement(of, holder=holder, total="5.05", status="PAGADA", paid_on=TODAY)


@pytest.mark.usefixtures("filled")
@every_report
def test_a_member_and_staff_read_their_brokerage_and_no_other(
    a: Brokerage, b: Brokerage, line: BusinessLine, listing: Listing
) -> None:
    """To the cent the same rows, but each brokerage's its own."""
    seen = {}
    for name, viewer, own, other in (
        ("member", administrator(a), "DE-A", "DE-B"),
        ("staff", staff_viewer(a), "DE-A", "DE-B"),
        ("one line", reader(a, line), "DE-A", "DE-B"),
        ("the other", administrator(b), "DE-B", "DE-A"),
    ):
        assert listing.permission(viewer)
        rows = told(listing, viewer)
        clients = {row["contratante"] for row in rows}
        assert clients == {f"{FORMULA} {own}"}, name
        seen[name] = {code: found[:2] for code, found in totals(listing, viewer).items()}
        assert other not in f"{rows}"
    assert len({str(found) for found in seen.values()}) == 1, seen


@pytest.mark.usefixtures("filled")
@every_report
def test_every_format_has_the_own_rows_and_none_of_the_other(
    a: Brokerage, line: BusinessLine, listing: Listing
) -> None:
    viewer = reader(a, line)
    book = workbook(listing, viewer)
    excel = [str(value) for name in book.sheetnames for row in sheet(book, name) for value in row]
    cells = [cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    pdf, text = "".join(pdf_lines(listing, viewer)), csv_of(listing, viewer)
    for said in ("".join(excel), pdf.replace(" ", ""), text):
        assert "DE-A" in said
        assert "DE-B" not in said
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}, "no formula"
    assert len(table(book)) == len(told(listing, viewer))
    assert f"\"'{FORMULA[:10]}" in text, "a spreadsheet that reads the CSV runs nothing"
    for row in told(listing, viewer):
        assert row.get("num_doc", "••••").startswith("••••")


@pytest.mark.usefixtures("filled")
@every_report
def test_who_may_not_see_the_line_is_not_offered_it_and_would_read_nothing(
    a: Brokerage, line: BusinessLine, listing: Listing
) -> None:
    """The second wall stands where the first is forgotten."""
    others = [it for it in BusinessLine if it != line]
    for viewer in (reader(a, *others), stranger()):
        assert not listing.permission(viewer)
        assert told(listing, viewer) == []


@every_report
def test_a_report_of_nothing_is_a_file_that_says_so(
    a: Brokerage, line: BusinessLine, listing: Listing
) -> None:
    viewer = administrator(a)
    assert totals(listing, viewer) == {}
    book = workbook(listing, viewer)
    assert table(book) == []
    assert all(len(sheet(book, name)) == 1 for name in book.sheetnames[1:]), "heads alone"
    assert {listing.title, "Filas", "0"} <= set(pdf_lines(listing, viewer))
    text = csv_of(listing, viewer).split("\r\n")
    assert (text[1], "Filas;0" in text) == ("", True)


@pytest.mark.usefixtures("filled")
@every_report
def test_the_sums_of_every_sheet_are_the_totals(
    a: Brokerage, line: BusinessLine, listing: Listing
) -> None:
    """Of the summaries, the lines of the innermost level; of a matrix, its last column."""
    viewer = administrator(a)
    book = workbook(listing, viewer)
    expected = {code: Decimal(found[1]) for code, found in totals(listing, viewer).items()}
    for name in book.sheetnames[1:]:
        heads, *lines = sheet(book, name)
        currency = heads.index("Moneda")
        place = heads.index("Total") if "Total" in heads else currency + 2
        inner = [line for line in lines if "Total" not in line[:currency]]
        found = {code: sum(line[place] for line in inner if line[currency] == code)
                 for code in expected}  # fmt: skip
        assert found == expected, name


def csv_of(listing: Listing, viewer: Viewer) -> str:
    out = io.StringIO(newline="")
    with viewing(viewer):
        write_csv(search(listing, viewer), CAPTION, out)
    return out.getvalue()
