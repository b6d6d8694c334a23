"""What a person, a page and a program read of each kind of value (es-PE)."""

import datetime as dt
from decimal import Decimal

import pytest

from corredores.listings import (
    Choice,
    Date,
    Days,
    Decimals,
    Integer,
    Link,
    Money,
    Percent,
    Text,
)
from corredores.listings.kinds import Kind

DAY = dt.date(2026, 2, 9)
STATE = Choice(
    labels={"VENCIDA": "Vencida"}, tones={"VENCIDA": "late"}, meanings={"VENCIDA": "Ya <pasó>"}
)
VOUCHER = Link(
    address="/comprobantes/{}.pdf", key="id", state="why", reasons={"ANTIGUO": "Antes de <2017>"},
    empty="Por emitir",
)  # fmt: skip
EVERY = (Text(), VOUCHER, Integer(), Days(), Decimals(), Percent(), Money(), Date(), STATE)


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        (Money(), (Decimal("1234567.5"), "PEN"), "S/\xa01,234,567.50"),
        (Money(), (Decimal("-20"), "USD"), "US$\xa0-20.00"),
        (Money(), (Decimal("0.05"), "EUR"), "EUR\xa00.05"),
        (Decimals(), (Decimal("-1234.5"),), "-1,234.50"),
        (Percent(), (Decimal("33.333"),), "33.33 %"),
        (Integer(), (1234567,), "1,234,567"),
        (Integer(phrase="y {} más"), (2,), "y 2 más"),
        (Integer(phrase="y {} más"), (0,), ""),
        (Days(), (0,), "hoy"),
        (Days(), (1,), "1 día"),
        (Days(), (31,), "31 días"),
        (Days(), (-1,), "en 1 día"),
        (Days(), (-10,), "en 10 días"),
        (Date(), (DAY,), "09/02/2026"),
        (Date(phrase="al {}"), (DAY,), "al 09/02/2026"),
        (Text(), ("0047",), "0047"),
        (Text(hidden=("0",), phrase="endoso {}"), ("0",), ""),
        (Text(hidden=("0",), phrase="endoso {}"), ("3",), "endoso 3"),
        (STATE, ("VENCIDA",), "Vencida"),
        (STATE, ("NUEVO",), "NUEVO"),
    ],
)
def test_a_person_reads(kind: Kind, values: tuple[object, ...], text: str) -> None:
    assert kind.text(*values) == text


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: type(kind).__name__)
def test_nothing_known_is_nothing_said(kind: Kind) -> None:
    extras = tuple("" for _field in kind.extras)
    assert kind.text(None, *extras) == kind.empty
    assert kind.plain(None) is None
    assert "—" in kind.html(None, *extras) or "Por emitir" in kind.html(None, *extras)


@pytest.mark.parametrize(
    ("kind", "value", "plain"),
    [
        (Money(), Decimal("1234.5"), "1234.50"),
        (Percent(), Decimal("5"), "5.00"),
        (Integer(), 1234, 1234),
        (Days(), -3, -3),
        (Date(), DAY, "2026-02-09"),
        (STATE, "VENCIDA", "VENCIDA"),
        (Text(phrase="endoso {}"), "0", "0"),
    ],
)
def test_a_program_reads_exact_text_iso_days_and_codes(
    kind: Kind, value: object, plain: object
) -> None:
    assert kind.plain(value) == plain


@pytest.mark.parametrize("kind", [Text(), Text(phrase="cert. {}"), STATE, VOUCHER])
def test_a_page_shows_markup_as_text(kind: Kind) -> None:
    html = kind.html("<b>\"Ñ\" & 'x'", 7, "")
    assert "<b>" not in html
    assert "&lt;b&gt;&quot;Ñ&quot; &amp; &#x27;x&#x27;" in html


def test_a_link_leads_somewhere_or_says_why_not() -> None:
    assert VOUCHER.html("F001-1", 7, "") == '<a href="/comprobantes/7.pdf">F001-1</a>'
    assert VOUCHER.html("F001-1", 7, "ANTIGUO") == (
        '<span class="reason">F001-1<small>Antes de &lt;2017&gt;</small></span>'
    )
    assert VOUCHER.html("", None, "") == '<span class="soft">Por emitir</span>'


def test_a_state_is_a_button_that_opens_its_meaning() -> None:
    html = STATE.html("VENCIDA")
    assert 'popovertarget="estado-vencida"' in html
    assert 'title="Ya &lt;pasó&gt;"' in html
    assert html.endswith("Vencida</button>")
    assert STATE.html("NUEVO") == "NUEVO"


def test_what_stands_under_another_says_nothing_where_there_is_nothing() -> None:
    assert Text().small("") == ""
    assert Text().small("x") == "<span>x</span>"
