"""Server-Timing: said while developing, and to nobody else."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests import people

HOME = "/"


@pytest.fixture
def a_page(settings: Settings, request: pytest.FixtureRequest) -> str | None:
    settings.DEBUG = request.param
    client = Client()
    client.force_login(people.member(people.brokerage("A")))
    return client.get(HOME).headers.get("Server-Timing")


@pytest.mark.django_db
@pytest.mark.parametrize("a_page", [True], indirect=True)
def test_a_developer_sees_where_the_time_went(a_page: str | None) -> None:
    found = re.fullmatch(
        r'total;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+) consultas"', a_page or ""
    )
    assert found
    assert float(found[1]) > float(found[2]) > 0
    assert int(found[3]) > 2


@pytest.mark.django_db
@pytest.mark.parametrize("a_page", [False], indirect=True)
def test_a_user_does_not(a_page: str | None) -> None:
    assert a_page is None
