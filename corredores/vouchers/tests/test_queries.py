"""What is derived of a voucher, and whose it is."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from corredores.accounts.models import Brokerage
from corredores.accounts.viewer import Viewer
from corredores.database import viewing
from corredores.vouchers.queries import voucher_by_id, vouchers_of
from tests.people import TODAY, administrator, issuer, reader, staff_viewer, stranger, voucher


def only(rows: Any) -> Any:
    """The only row, with what is derived of it."""
    return rows.get()


@pytest.mark.parametrize(
    ("kind", "amount"), [("01", 118), ("03", 118), ("07", -118), ("08", 118), ("13", 118)]
)
def test_credit_notes_alone_are_negative(a: Brokerage, ana: Viewer, kind: str, amount: int) -> None:
    voucher(a, type=kind)
    with viewing(ana):
        assert only(vouchers_of(ana, TODAY)).signed_total == Decimal(amount)


def test_the_first_day_of_downloads_is_each_issuers_own(a: Brokerage, ana: Viewer) -> None:
    eps = issuer("20431115825", vouchers_from=dt.date(2020, 1, 1))
    for who, day, state in (
        (issuer(), dt.date(2017, 7, 31), "ANTIGUO"), (issuer(), dt.date(2017, 8, 1), ""),
        (eps, dt.date(2019, 12, 31), "ANTIGUO"), (eps, dt.date(2020, 1, 1), ""),
    ):  # fmt: skip
        made = voucher(a, issuer=who, issued_on=day)
        with viewing(ana):
            found = only(vouchers_of(ana, TODAY).filter(pk=made.pk))
            assert found.download_state == state


def test_one_number_of_two_issuers_is_two_vouchers(a: Brokerage, ana: Viewer) -> None:
    for ruc in ("20332970411", "20431115825"):
        voucher(a, issuer=issuer(ruc), number=7)
    with viewing(ana):
        assert [it.full_number for it in vouchers_of(ana, TODAY)] == ["F001-7", "F001-7"]


def test_a_guessed_number_finds_nothing_of_another(a: Brokerage, b: Brokerage) -> None:
    made = voucher(a, line="SALUD")
    for viewer in (administrator(a), staff_viewer(a), reader(a, "SALUD")):
        with viewing(viewer):
            assert voucher_by_id(viewer, made.pk) == made
    for viewer in (administrator(b), reader(a, "VIDA"), stranger()):
        with viewing(viewer):
            assert voucher_by_id(viewer, made.pk) is None


def test_a_voucher_whose_line_is_not_known_is_not_for_those_limited_to_lines(a: Brokerage) -> None:
    made = voucher(a)
    made.line = ""
    made.save()
    for viewer, seen in ((administrator(a), True), (reader(a, "GENERALES"), False)):
        with viewing(viewer):
            assert (voucher_by_id(viewer, made.pk) is not None) == seen
