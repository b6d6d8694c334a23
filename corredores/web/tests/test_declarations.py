"""A mistake in the declaration of a list stops the server, not a user."""

import dataclasses
from typing import Any

import django_filters
import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from corredores.accounts.business_line import BusinessLine
from corredores.installments.filters import CuotasFilters
from corredores.installments.listing import CUOTAS
from corredores.listings import Column, Listing, Money, Text, Total
from corredores.reports.ageing import ageing_of_debt
from corredores.web import declarations

GOOD = Column("poliza", "Póliza", "policy_number", Text())
AGEING = ageing_of_debt(BusinessLine.GENERALES)


class Misspelt(CuotasFilters):
    placa = django_filters.CharFilter(label="Placa", field_name="plat")


class Methodless(CuotasFilters):
    placa = django_filters.CharFilter(label="Placa", method="by_plat")


class Ungrouped(CuotasFilters):
    groups = (("Filtros", ("linea", "placca")),)


def with_column(listing: Listing = CUOTAS, **changes: Any) -> Listing:
    changed = dataclasses.replace(GOOD, name="otra", **changes)
    return dataclasses.replace(listing, columns=(*listing.columns, changed))


BROKEN = {
    "E001": dataclasses.replace(CUOTAS, columns=(*CUOTAS.columns, GOOD)),
    "E002": with_column(source="polizy_number"),
    "E003": with_column(under="polizas"),
    "E004": with_column(when=("lineas", ("",))),
    "E005": dataclasses.replace(CUOTAS, totals=(Total("importes", "Importe"),)),
    "E006": dataclasses.replace(CUOTAS, filters=Ungrouped),
    "E008": with_column(sort="polizy_number"),
    "E009": dataclasses.replace(CUOTAS, filters=Methodless),
    "E010": dataclasses.replace(CUOTAS, filters=Misspelt),
}
MORE_OF_E008 = {
    "a field of what a text needs": with_column(kind=Money("curency"), source="policyholder__nam"),
    "a field of a grouped list": with_column(AGEING, source="polizy_number"),
    "a field beyond a key": with_column(source="policyholder__nam"),
}


def found() -> list[str]:
    return [str(message.id) for message in run_checks(tags=["listings"])]


def test_the_declarations_of_the_portal_have_no_mistake() -> None:
    assert found() == []


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_declaration_is_found(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(declarations, "OFFERED", (BROKEN[code],))
    assert found() == [f"listings.{code}"]


@pytest.mark.parametrize("what", MORE_OF_E008)
def test_what_the_database_could_not_be_asked_is_found(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(declarations, "OFFERED", (MORE_OF_E008[what],))
    assert {*found()} <= {"listings.E002", "listings.E008"}
    assert found()


def test_two_lists_cannot_have_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declarations, "OFFERED", (CUOTAS, CUOTAS))
    assert found() == ["listings.E007"]


def test_the_check_does_not_go_on_with_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declarations, "OFFERED", (BROKEN["E002"],))
    with pytest.raises(SystemCheckError, match="cuotas: column otra: no field polizy_number"):
        call_command("check")
