"""Every list and report, in every medium, for every reader: the same rows, order and values."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import lxml.html
import pytest
from django.test import Client

from corredores.accounts.viewer import NOBODY, Right, Viewer
from corredores.database import viewing
from corredores.installments.models import Installment
from corredores.listings import Choice, Column, Listing, Search
from corredores.listings.shape import stacks
from corredores.portfolio.models import Policyholder
from corredores.settlements.models import Settlement
from corredores.vouchers.models import Voucher
from tests import people

from .media import (
    SMALL_PAGE,
    SYMBOLS,
    Rows,
    absent,
    csv_rows,
    csv_text,
    filed,
    html_cells,
    html_pages,
    json_pages,
    pdf_bytes,
    pdf_words,
    plain,
    said,
    search,
    squeezed,
    without_reasons,
    xlsx_bytes,
    xlsx_rows,
)
from .offer import COMMISSION, OFFER, READERS, Readers, opened

pytestmark = pytest.mark.django_db

BY_RIGHT = {"comision", "comision_porcentaje", "extorno"}  # names of commission columns


@dataclass
class Read:
    """One list, for one viewer, in every medium. Each is read once for all tests."""

    listing: Listing
    viewer: Viewer

    @cached_property
    def search(self) -> Search:
        return search(self.listing, self.viewer, opened(self.listing))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return self.search.columns

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        return json_pages(self.listing, self.viewer, opened(self.listing), SMALL_PAGE)

    @cached_property
    def rows(self) -> Rows:
        """The rows of all pages of the JSON, which is what programs read."""
        return [
            {column.name: plain(column, row[column.name]) for column in self.columns}
            for page in self.pages
            for row in page["filas"]
        ]

    @cached_property
    def xlsx(self) -> tuple[list[str], Rows]:
        return xlsx_rows(xlsx_bytes(self.search), self.columns)

    @cached_property
    def csv(self) -> tuple[list[str], Rows]:
        return csv_rows(csv_text(self.search), self.columns)

    @cached_property
    def pdf(self) -> str:
        return pdf_words(pdf_bytes(self.search))

    @cached_property
    def html(self) -> list[list[str]]:
        pages = html_pages(self.listing, self.viewer, opened(self.listing), SMALL_PAGE)
        heads = [stack[0] for stack in stacks(self.columns)]
        return [
            [without_reasons(cell, head) for cell, head in zip(row, heads, strict=True)]
            for page in pages
            for row in html_cells(page.body.decode())
        ]

    @cached_property
    def everything(self) -> str:
        """All that any medium shows, as one text without spaces."""
        return squeezed(f"{self.xlsx} {self.csv} {self.pdf} {self.html} {self.pages}")

    def currency(self, row: dict[str, str]) -> str:
        column = next(it for it in self.columns if it.source == self.listing.currency)
        assert isinstance(column.kind, Choice)
        return next(code for code, label in column.kind.labels.items() if label == row[column.name])


def readable(name: str, reader: str) -> bool:
    """The reader sees Vida only: the lists, and the reports of that line."""
    return reader != "reader" or OFFER[name].fixed.get("linea", "VIDA") == "VIDA"


BOTH = [(name, reader) for name in OFFER for reader in READERS]


def test_only_who_may_see_a_line_may_read_its_reports(world: Readers) -> None:
    for name, reader in BOTH:
        assert OFFER[name].permission(world.viewer(reader)) == readable(name, reader), (
            name,
            reader,
        )
        assert not OFFER[name].permission(NOBODY)


@pytest.fixture(params=[both for both in BOTH if readable(*both)], ids="-".join)
def read(request: pytest.FixtureRequest, world: Readers) -> Iterator[Read]:
    name, reader = request.param
    viewer = world.viewer(reader)
    with viewing(viewer):
        yield world.reads.setdefault((name, reader), Read(OFFER[name], viewer))


def test_every_medium_has_the_same_rows_in_the_same_order(read: Read) -> None:
    assert read.rows, "there is something to compare"
    assert read.xlsx[1] == filed(read.columns, read.rows)
    assert read.csv[1] == filed(read.columns, read.rows)
    assert read.html == [cells_of(read, row) for row in read.rows]
    position = 0
    for row in read.rows:
        line = "".join(lines_of(read, row))
        position = read.pdf.find(line, position)
        assert position >= 0, f"not in the PDF, or not in this place: {line}"
        position += len(line)


def cells_of(read: Read, row: dict[str, str]) -> list[str]:
    """What stands in each cell of a page: the value, why it leads nowhere, what stands under."""
    found = []
    for head, *below in stacks(read.columns):
        text = said(head, row[head.name], read.currency(row)) or absent(head)
        under = "".join(
            said(it, row[it.name], read.currency(row)) for it in below if shown(it, row)
        )
        found.append((squeezed(text), squeezed(under)))
    return [text + under for text, under in found]


def lines_of(read: Read, row: dict[str, str]) -> list[str]:
    """The same for a PDF, which has no dash where there is nothing."""
    currency = read.currency(row)
    return [
        squeezed(
            "".join(
                said(it, row[it.name], currency) or it.kind.empty for it in stack if shown(it, row)
            )
        )
        for stack in stacks(read.columns)
    ]


def shown(column: Column, row: dict[str, str]) -> bool:
    """A number that is read out says nothing of zero."""
    return not (getattr(column.kind, "phrase", "") not in ("", "{}") and row[column.name] == "0")


def test_the_pages_together_are_the_file(read: Read) -> None:
    assert [len(page["filas"]) for page in read.pages[:-1]] == [SMALL_PAGE] * (len(read.pages) - 1)
    assert {page["total"] for page in read.pages} == {len(read.rows)}
    key = "id_cuota" if "id_cuota" in read.rows[0] else None
    if key and read.listing.key == ("pk",):
        assert len({row[key] + row.get("comprobante", "") for row in read.rows}) == len(read.rows)


def test_totals_are_the_sums_of_the_rows_per_currency_in_every_medium(read: Read) -> None:
    expected = totals_of(read)
    for page in read.pages:
        assert {total.pop("moneda"): total for total in page["totales"]} == expected
    one, many = read.listing.noun
    labels = {it.column: it.label for it in read.search.summed}
    for currency, total in expected.items():
        amounts = [
            f"{label} {SYMBOLS[currency]} {Decimal(total[name]):,.2f}"
            for name, label in labels.items()
        ]
        counted = f"{total['cantidad']:,} {one if total['cantidad'] == 1 else many}"
        line = squeezed(f"Total {currency} " + " · ".join([counted, *amounts]))
        assert line in [squeezed(text) for text in read.xlsx[0]]
        assert line in [squeezed(text) for text in read.csv[0]]
        assert line in read.pdf


def totals_of(read: Read) -> dict[str, dict[str, Any]]:
    """Added here, from the rows that a reader gets; PEN and USD never together."""
    found: dict[str, dict[str, Any]] = {}
    by_currency = defaultdict(list)
    for row in read.rows:
        by_currency[read.currency(row)].append(row)
    for currency, rows in by_currency.items():
        sums = {
            total.column: f"{sum(Decimal(row[total.column] or 0) for row in rows):.2f}"
            for total in read.search.summed
        }
        found[currency] = {"cantidad": len(rows), **sums}
    return found


def test_files_have_the_titles_of_the_page(read: Read) -> None:
    titles = [column.title for column in read.columns]
    assert len(set(titles)) == len(titles)
    for title in [column.title for column in read.columns if column.page]:
        assert squeezed(title) in read.pdf, title


def test_documents_are_whole_only_for_those_with_the_right(read: Read, world: Readers) -> None:
    numbers = set(Policyholder.objects.visible_to(read.viewer).values_list("doc_number", flat=True))
    found = {number for number in numbers if number in read.everything}
    if read.viewer.may(Right.DOCUMENTS):
        assert found
    else:
        assert found == set()
        assert "••••" in read.everything
        assert "999888777" not in read.everything
        assert "@x.pe" not in read.everything


def test_commissions_are_nowhere_without_the_right(read: Read) -> None:
    names = {column.name for column in read.listing.columns}
    theirs = names & BY_RIGHT
    if read.viewer.may(Right.COMMISSION):
        assert theirs <= set(read.rows[0])
        assert bool(theirs) == (str(COMMISSION) in read.everything)
        return
    assert theirs & set(read.rows[0]) == set()
    assert str(COMMISSION) not in read.everything
    if theirs:
        assert "omisión" not in read.everything


def test_nothing_of_another_brokerage_is_anywhere(read: Read) -> None:
    assert "DEALFA" in read.everything
    assert "DEBETA" not in read.everything


def test_each_reader_gets_the_lines_that_may_be_seen_and_only_those(read: Read) -> None:
    if "id_cuota" in read.rows[0]:
        found = {row["id_cuota"].split("-")[1] for row in read.rows if row["id_cuota"]}
        offered = {read.listing.fixed["linea"]} if read.listing.fixed else set(read.viewer.lines)
        assert found == offered & set(read.viewer.lines)


@pytest.mark.parametrize("name", OFFER)
def test_the_same_rows_of_two_brokerages_are_two_lists(world: Readers, name: str) -> None:
    """Counted by each for itself: equal in number, and none in both."""
    found = {}
    for reader in ("administrator", "other"):
        viewer = world.viewer(reader)
        with viewing(viewer):
            it = Read(OFFER[name], viewer)
            found[reader] = (len(it.rows), [page["totales"] for page in it.pages[:1]])
    assert found["administrator"] == found["other"]


def test_a_voucher_leads_to_its_file_or_says_why_not(world: Readers) -> None:
    viewer = world.viewer("administrator")
    with viewing(viewer):
        read = Read(OFFER["comprobantes"], viewer)
        pages = html_pages(read.listing, viewer, opened(read.listing), SMALL_PAGE)
    body = b"".join(page.body for page in pages).decode()
    old = [row for row in read.rows if row["emision"] < "2017-08-01"]
    assert old
    assert body.count("Solo se descargan los emitidos desde el 01/08/2017") == len(old)
    assert body.count('href="/comprobantes/') == len(read.rows) - len(old)


@pytest.mark.parametrize(
    ("name", "model"),
    [("cuotas", Installment), ("liquidaciones", Settlement), ("comprobantes", Voucher)],
)
def test_an_open_list_has_every_row_that_its_reader_may_see(
    world: Readers, name: str, model: Any
) -> None:
    for reader in READERS:
        viewer = world.viewer(reader)
        ours = model.everything.filter(brokerage=world.a, line__in=viewer.lines)
        assert ours.exists()
        with viewing(viewer):
            assert len(Read(OFFER[name], viewer).rows) == ours.count()


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("name", OFFER)
def test_the_web_sends_what_the_screen_shows(world: Readers, name: str) -> None:
    """The same address with another ending: the same rows as the engine's own reading."""
    viewer, client = world.viewer("administrator"), Client()
    client.force_login(people.member(world.a))  # somebody new: downloads are braked per person
    with viewing(viewer):
        read = Read(OFFER[name], viewer)
        expected, cells = read.rows, read.html
    report = "/" in name
    address, query = (
        f"/reportes/{name}" if report else f"/estados-de-cuenta/{name}",
        opened(OFFER[name]),
    )

    def fetched(ending: str) -> bytes:
        response = client.get(f"{address}{ending}?{query}")
        assert response.status_code == 200
        return bytes(response.getvalue())

    in_files = filed(read.columns, expected)
    assert xlsx_rows(fetched(".xlsx"), read.columns)[1] == in_files
    assert csv_rows(fetched(".csv").decode("utf-8-sig"), read.columns)[1] == in_files
    assert fetched(".pdf").startswith(b"%PDF-")
    if not report:
        rows = json.loads(fetched(".json"))["filas"]
        assert [
            {it.name: plain(it, row[it.name]) for it in read.columns} for row in rows
        ] == expected
        page = lxml.html.fromstring(fetched("/").decode())
        assert len([row for row in page.iter("tr") if row.find("td") is not None]) == len(cells)
