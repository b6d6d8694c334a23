"""Compression of pages: what the client takes, and what is left alone."""

import gzip

import pytest
from django.test import Client

from corredores.web.compression import coding_for
from tests import people

CUOTAS = "/estados-de-cuenta/cuotas/"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("GZIP", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("br;q=1.0,gzip;q=0", ""),
        ("gzip;q=0.0", ""),
        ("identity", ""),
        ("", ""),
        (";;,=,gzip;q=x", "gzip"),
        ("br", ""),
    ],
)
def test_the_best_coding_is_chosen_that_the_client_takes(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


@pytest.mark.django_db
def test_a_page_says_the_same_in_every_coding() -> None:
    client = Client()
    client.force_login(people.member(people.brokerage("A")))
    plain = client.get(CUOTAS)
    by_gzip = client.get(CUOTAS, headers={"Accept-Encoding": "br, gzip"})
    assert plain.headers.get("Content-Encoding") is None
    texts = [plain.content, gzip.decompress(by_gzip.content)]
    assert {text.count(b"<dialog") for text in texts} == {plain.content.count(b"<dialog")}
    assert all("Accept-Encoding" in it.headers["Vary"] for it in (plain, by_gzip))
    assert len(by_gzip.content) < len(plain.content) / 4


@pytest.mark.django_db
def test_the_length_of_a_compressed_page_tells_nothing_twice() -> None:
    client = Client()
    client.force_login(people.member(people.brokerage("A")))
    noises = {
        len(client.get(CUOTAS, headers={"Accept-Encoding": "gzip"}).headers["X-Noise"])
        for _ in range(12)
    }
    assert len(noises) > 3


@pytest.mark.django_db
def test_a_file_is_sent_as_it_is() -> None:
    client = Client()
    client.force_login(people.member(people.brokerage("A")))
    file = client.get("/estados-de-cuenta/cuotas.xlsx", headers={"Accept-Encoding": "gzip"})
    assert file.headers.get("Content-Encoding") is None
    assert b"".join(file.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
