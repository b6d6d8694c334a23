"""A wrong setting stops the start with a line that a person can act on."""

from collections.abc import Iterator

import pytest

from corredores.env import Environment, environment, unknown_names


@pytest.fixture(autouse=True)
def _read_again() -> Iterator[None]:
    """The environment is read once per process; here, once per test."""
    environment.cache_clear()
    yield
    environment.cache_clear()


def lines_of(refusal: pytest.ExceptionInfo[SystemExit]) -> list[str]:
    first, *lines = str(refusal.value.code).splitlines()
    assert first == "Settings are wrong:"
    return [line.strip() for line in lines]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CORREDORES_PAGE_SZE", "50", "CORREDORES_PAGE_SZE: no such setting"),
        ("CORREDORES_PAGE_SIZE", "many", "CORREDORES_PAGE_SIZE: "),
        ("CORREDORES_PAGE_SIZE", "5", "greater than or equal to 10 (got '5')"),
        ("CORREDORES_VOUCHER_AVAILABLE_FROM", "2017-13-01", "(got '2017-13-01')"),
        ("CORREDORES_DEBUG", "perhaps", "CORREDORES_DEBUG: "),
        ("CORREDORES_WORKERS", "0", "CORREDORES_WORKERS: "),
    ],
)
def test_an_unknown_name_and_a_bad_value_stop_the_start_with_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as refusal:
        environment()
    (line,) = lines_of(refusal)
    assert line.startswith(name)
    assert said in line


def test_every_mistake_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CORREDORES_PAGE_SZE", "CORREDORES_PAGE_SIZE", "CORREDORES_WORKERS"):
        monkeypatch.setenv(name, "x")
    with pytest.raises(SystemExit) as refusal:
        environment()
    assert [line.split(":")[0] for line in lines_of(refusal)] == [
        "CORREDORES_PAGE_SZE", "CORREDORES_PAGE_SIZE", "CORREDORES_WORKERS",
    ]  # fmt: skip


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORREDORES_PAGE_SIZE", "")
    assert environment().page_size == Environment.model_fields["page_size"].default


def test_names_of_others_are_none_of_ours() -> None:
    assert unknown_names({"PATH": "/bin", "CORREDORES_X": "", "CORREDORES_HOME": "h"}) == [
        "CORREDORES_X"
    ]


@pytest.mark.parametrize("name", Environment.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    said = Environment.model_fields[name].description
    assert said
    assert said.endswith(".")
