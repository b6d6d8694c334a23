"""Step 4 of the guide: vouchers and premium settlements as PDF."""

from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .conftest import Visits
from .portal import Portal
from .reading import CUOTAS, LIQUIDACIONES, downloaded, heads, rows

SETTLEMENT_HEADS = [
    "Liquidación / Tipo", "Nº póliza / Producto", "Contratante / Tipo doc. · Nº documento",
    "Inicio vigencia / Fin vigencia", "Asegurados", "Emisión", "Vence / Días vencidos",
    "Fecha de pago", "Estado", "Importe", "Saldo", "Comprobante",
]  # fmt: skip
REASON = "Solo se descargan los emitidos desde el 01/08/2017"


def _issued(portal: Portal, first: str, last: str) -> dict[str, str]:
    """A voucher of the first brokerage for one cuota, issued between two days."""
    return next(
        row
        for row in portal.delivered.vouchers
        if row["codigo_corredor"] == portal.first
        and row["id_cuota"]
        and row["tipo"] in ("01", "03")
        and first <= row["fecha_emision"] <= last
    )


def _number(voucher: dict[str, str]) -> str:
    return f"{voucher['serie']}-{voucher['numero']}"


def _text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_number_of_a_voucher_downloads_its_pdf(
    page: Page, portal: Portal, tmp_path: Path
) -> None:
    voucher = _issued(portal, "2017-08-01", "2017-08-01")  # the first day of all
    page.goto(
        f"{CUOTAS}?desde=&hasta=&poliza={voucher['poliza']}&tipo_comprobante={voucher['tipo']}"
    )
    link = page.get_by_role("link", name=_number(voucher), exact=True).first
    path = downloaded(page, link, tmp_path)
    assert path.name == f"{voucher['emisor_ruc']}-{voucher['tipo']}-{_number(voucher)}.pdf"
    said = _text(path)
    assert voucher["cliente_num_doc"] in said
    assert f"{float(voucher['importe']):,.2f}" in said
    assert voucher["emisor"].split()[0] in said


def test_a_voucher_before_august_2017_is_text_with_the_reason(page: Page, portal: Portal) -> None:
    voucher = _issued(portal, "2017-07-31", "2017-07-31")  # the last day without
    page.goto(
        f"{CUOTAS}?desde=&hasta=&poliza={voucher['poliza']}&tipo_comprobante={voucher['tipo']}"
    )
    assert (_number(voucher), REASON) in [row["Comprobante"] for row in rows(page)]
    expect(page.get_by_role("link", name=_number(voucher), exact=True)).to_have_count(0)


def test_the_address_of_such_a_voucher_answers_a_page_that_says_why(page: Page) -> None:
    # Its key is shown nowhere, as nothing leads to it: somebody kept an address, or guesses.
    answers = (page.request.get(f"/comprobantes/{key}.pdf") for key in range(1, 1_000))
    answer = next(it for it in answers if it.status == HTTPStatus.GONE)
    assert "text/html" in answer.headers["content-type"]
    page.goto(answer.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("no se descarga")
    expect(page.get_by_role("main")).to_contain_text("desde el 01/08/2017")


def test_no_voucher_yet_is_said(page: Page, portal: Portal) -> None:
    without = next(row for row in portal.recent() if not row["comprobante"])
    page.goto(f"{CUOTAS}?con_comprobante=no&poliza={without['poliza']}")
    assert {row["Comprobante"][0] for row in rows(page)} == {"Por emitir"}


def test_the_settlement_number_downloads_it_and_only_life_has_one(
    page: Page, portal: Portal, tmp_path: Path
) -> None:
    settlement = next(
        row for row in portal.delivered.settlements if row["codigo_corredor"] == portal.first
    )
    page.goto(f"{CUOTAS}?desde=&hasta=&liquidacion={settlement['numero']}")
    link = page.get_by_role("link", name=settlement["numero"], exact=True).first
    path = downloaded(page, link, tmp_path)
    assert path.name == f"liquidacion-{settlement['numero']}.pdf"
    said = _text(path)
    assert settlement["numero"] in said
    assert settlement["contratante_num_doc"] in said
    page.goto(f"{CUOTAS}?desde=&hasta=&moneda=USD&producto=VEH")
    assert {row["Liquidación"][0] for row in rows(page)} == {"—"}


def test_liquidaciones_is_a_list_of_its_own(page: Page, portal: Portal, tmp_path: Path) -> None:
    mine = [it for it in portal.delivered.settlements if it["codigo_corredor"] == portal.first]
    page.goto("/")
    page.get_by_role("region", name="Estados de cuenta").get_by_text("Liquidaciones").click()
    expect(page.get_by_role("heading", name="Liquidaciones de prima")).to_be_visible()
    page.get_by_role("button", name="Filtros").first.click()
    expect(page.get_by_label("Tipo de liquidación")).to_be_visible()
    page.goto(f"{LIQUIDACIONES}?desde=&hasta=&orden=liquidacion")
    expect(page.locator(".count")).to_have_text(f"{len(mine)} liquidaciones")
    assert heads(page) == SETTLEMENT_HEADS
    first = min(row["numero"] for row in mine)
    assert rows(page)[0]["Liquidación"][0] == first
    path = downloaded(page, page.get_by_role("link", name=first, exact=True), tmp_path)
    assert path.read_bytes().startswith(b"%PDF")


def test_what_belongs_to_another_brokerage_is_not_there(page: Page, visit: Visits) -> None:
    page.goto(f"{CUOTAS}?linea=VIDA&desde=&hasta=&con_comprobante=si")
    mine = [
        page.locator(f"td a[href^='/{kind}']").first.get_attribute("href") or ""
        for kind in ("estados-de-cuenta/cuotas", "comprobantes", "liquidaciones")
    ]
    stranger = visit("corredor2")
    for address in mine:
        assert page.request.get(address).ok, address
        assert stranger.request.get(address).status == 404, address
    stranger.goto(mine[0])
    expect(stranger.get_by_role("heading", name="No encontramos esa página")).to_be_visible()
