"""Step 4 of the guide: what a search shows, per line, to the cent."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from .portal import Portal
from .reading import CUOTAS, column, count, heads, rows, totals

POLICY, WHO = "Nº póliza / Producto · Endoso", "Contratante / Tipo doc. · Nº documento"
VALIDITY, MONEY = "Inicio vigencia / Fin vigencia", ["Importe", "Saldo"]
VOUCHER = "Comprobante / Otros comprobantes"
HEADS = {
    "GENERALES": [
        POLICY, WHO, "Aviso de cobranza / Placa", "Cuota / Emisión",
        "Vence / Días vencidos · Límite antes de suspensión", "Fecha de pago / Canal de pago",
        "Estado / Motivo de rechazo", *MONEY, VOUCHER,
    ],
    "VIDA": [
        POLICY, WHO, "Cuota / Emisión · Certificado", VALIDITY, "Vence / Días vencidos",
        "Fecha de pago / Canal de pago", "Estado", *MONEY, "Liquidación", VOUCHER,
    ],
    "SALUD": [
        POLICY, WHO, "Cuota / Emisión", VALIDITY, "Vence / Días vencidos",
        "Fecha de pago / Canal de pago", "Estado", *MONEY, VOUCHER,
    ],
}  # fmt: skip
OPEN = {"PENDIENTE", "EN_PROCESO", "PAGO_PARCIAL", "RECHAZADA"}
WORDS = {"PEN": ("soles", "S/"), "USD": ("dólares", "US$")}


@pytest.mark.parametrize("line", HEADS)
def test_each_line_has_its_columns_and_they_fit_the_page(
    page: Page, portal: Portal, line: str
) -> None:
    page.goto(f"{CUOTAS}?linea={line}")
    assert sorted(heads(page)) == sorted(HEADS[line])
    assert count(page) == len(portal.recent(linea=line))
    assert page.locator(".table-scroll").evaluate("it => it.scrollWidth <= it.clientWidth")


def test_count_and_totals_per_currency_are_those_of_the_core_to_the_cent(
    page: Page, portal: Portal
) -> None:
    page.goto(CUOTAS)
    wanted = portal.recent()
    assert count(page) == len(wanted)
    assert totals(page) == {
        word: {
            "Importe": f"{sign} {_sum(wanted, currency, _amount):,.2f}",
            "Saldo": f"{sign} {_sum(wanted, currency, _owed):,.2f}",
        }
        for currency, (word, sign) in WORDS.items()
    }


def test_a_row_says_what_the_core_delivered(page: Page, portal: Portal) -> None:
    delivered = next(row for row in portal.recent(linea="VIDA") if row["liquidacion"])
    page.goto(f"{CUOTAS}?linea=VIDA&liquidacion={delivered['liquidacion']}")
    (shown,) = rows(page)
    assert shown["Nº póliza"] == (delivered["poliza"], delivered["producto"])
    assert shown["Contratante"][0] == delivered["contratante"]
    assert shown["Contratante"][1].endswith(delivered["contratante_num_doc"])
    assert shown["Cuota"][0] == f"{delivered['cuota_numero']}/{delivered['cuota_total']}"
    start, end = delivered["vigencia_inicio"], delivered["vigencia_fin"]
    assert shown["Inicio vigencia"] == (_spoken(start), f"al {_spoken(end)}")
    assert shown["Vence"][0] == _spoken(delivered["fecha_vencimiento"])
    assert (
        shown["Importe"][0]
        == f"{WORDS[delivered['moneda']][1]} {Decimal(delivered['importe']):,.2f}"
    )
    assert shown["Liquidación"][0] == delivered["liquidacion"]


def test_days_overdue_count_from_the_due_date(page: Page, portal: Portal) -> None:
    page.goto(f"{CUOTAS}?estado=VENCIDA&orden=vencimiento")
    overdue = rows(page)
    assert overdue
    for due, said in (row["Vence"] for row in overdue):
        days = (portal.today - dt.datetime.strptime(due, "%d/%m/%Y").date()).days  # noqa: DTZ007
        assert said == ("1 día" if days == 1 else f"{days} días")


def test_a_head_sorts_and_turns_the_order(page: Page) -> None:
    page.goto(f"{CUOTAS}?moneda=PEN")
    for order in ("ascending", "descending"):
        page.get_by_role("link", name="Importe", exact=True).click()
        expect(page.locator(f"th[aria-sort={order}]")).to_have_text("Importe")
        shown = [Decimal(text.split()[1].replace(",", "")) for text in column(page, "Importe")]
        assert shown == sorted(shown, reverse=order == "descending")
    page.get_by_role("search").get_by_role("button", name="Buscar").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Importe")


def test_fifty_rows_a_page_and_every_row_once(page: Page, portal: Portal) -> None:
    page.goto(CUOTAS)
    wanted, seen = portal.recent(), column(page, "Nº póliza")
    assert len(seen) == 50
    expect(page.locator(".pages")).to_contain_text(f"1–50 de {len(wanted)}")
    number = 1
    while (following := page.get_by_role("link", name="Siguiente")).count():
        number += 1
        following.click()
        expect(page.locator(".pages")).to_contain_text(f"Página {number} de")
        seen += column(page, "Nº póliza")
    assert Counter(seen) == Counter(row["poliza"] for row in wanted)
    page.get_by_role("link", name="Anterior").click()
    expect(page.locator(".pages")).to_contain_text(f"Página {number - 1} de")


def test_old_debt_that_the_dates_hide_is_said_and_led_to(page: Page, portal: Portal) -> None:
    page.goto(CUOTAS)
    notice = page.locator(".notice.due")
    hidden = int(notice.inner_text().split()[0])
    page.goto(f"{CUOTAS}?estado=VENCIDA")
    inside = count(page)
    page.goto(CUOTAS)
    notice.get_by_role("link", name="Verlas").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Vence")
    assert count(page) == hidden + inside
    assert all("día" in row["Vence"][1] for row in rows(page))
    page.goto(f"{CUOTAS}?desde=&hasta=")
    expect(notice).to_be_hidden()  # nothing is hidden now


def test_a_state_is_icon_word_and_meaning(page: Page) -> None:
    page.goto(f"{CUOTAS}?estado=VENCIDA&estado=PAGADA")
    state = page.locator("button.state", has_text="Pagada").first
    expect(state.locator("svg")).to_be_visible()
    state.click()
    expect(page.locator("#estado-pagada")).to_be_visible()
    expect(page.locator("#estado-pagada")).to_have_text("Pagada Pagada por completo.")
    page.keyboard.press("Escape")
    expect(page.locator("#estado-pagada")).to_be_hidden()


def test_nothing_found_names_the_criteria_and_offers_to_start_again(page: Page) -> None:
    page.goto(f"{CUOTAS}?poliza=999999999999")
    expect(page.get_by_role("heading", name="No hay cuotas con estos criterios")).to_be_visible()
    expect(page.locator(".empty")).to_contain_text("Nº de póliza: 999999999999")
    page.locator(".empty").get_by_role("link", name="Limpiar todo").click()
    expect(page).to_have_url(CUOTAS)


def test_a_cuota_opens_on_its_own_page_with_everything_known_of_it(
    page: Page, portal: Portal
) -> None:
    delivered = next(row for row in portal.recent(linea="GENERALES") if row["comprobante"])
    page.goto(f"{CUOTAS}?desde=&hasta=&comprobante={delivered['comprobante']}")
    page.get_by_role("link", name=delivered["poliza"], exact=True).first.click()
    number, of = delivered["cuota_numero"], delivered["cuota_total"]
    expect(
        page.get_by_role("heading", name=f"Cuota {number} de {of} · Póliza {delivered['poliza']}")
    ).to_be_visible()
    said = page.get_by_role("main").inner_text()
    for known in (
        delivered["contratante"], delivered["contratante_num_doc"], delivered["contratante_correo"],
        delivered["aviso_cobranza"], delivered["id_cuota"], delivered["ejecutivo"],
        _spoken(delivered["fecha_emision"]), f"{Decimal(delivered['prima_neta']):,.2f}",
    ):  # fmt: skip
        assert known in said


def _amount(row: dict[str, str]) -> Decimal:
    return Decimal(row["importe"])


def _owed(row: dict[str, str]) -> Decimal:
    return Decimal(row["importe"]) - Decimal(row["pagado"]) if row["estado"] in OPEN else Decimal(0)


def _sum(
    rows_: list[dict[str, str]], currency: str, of: Callable[[dict[str, str]], Decimal]
) -> Decimal:
    return sum((of(row) for row in rows_ if row["moneda"] == currency), Decimal(0))


def _spoken(day: str) -> str:
    return "/".join(reversed(day.split("-")))
