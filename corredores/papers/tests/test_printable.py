import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corredores.papers.fonts import in_font
from corredores.papers.printable import COMMON, Picture, printable, printable_data
from corredores.papers.tests.reading import text_of
from corredores.papers.typeset import typeset

ONE_LINE = Path(__file__).with_name("one_line.typ")


def test_what_is_taken_for_granted_is_in_the_font() -> None:
    assert in_font() >= COMMON


@pytest.mark.parametrize("name", ["MUÑOZ & PEÑA", "D'ÁNGELO", "GÜERE", "O´HIGGINS", "a  b", "Łódź"])
def test_names_of_people_stay_as_they_are(name: str) -> None:
    assert printable(name) == name


def test_decomposed_letters_are_composed() -> None:
    assert printable(unicodedata.normalize("NFD", "MUÑOZ PEÑA")) == "MUÑOZ PEÑA"


def test_a_letter_that_the_font_lacks_is_a_visible_box() -> None:
    assert printable("日本 SAC 😀") == "■■ SAC ■"


def test_wide_and_exotic_forms_fall_back_to_plain_ones() -> None:
    assert printable("ＡＢ１\u2011２") == "AB1-2"


def test_invisible_marks_cannot_turn_a_number_round() -> None:
    assert printable("S/ \u202e00.001\u202c\u200b\ufeff") == "S/ 00.001"


def test_line_ends_and_control_characters_are_spaces() -> None:
    assert printable("a\r\nb\x00c\u2028d") == "a  b c d"


def test_a_long_word_may_break_and_reads_the_same() -> None:
    assert printable("A" * 70).replace("\u200b", "") == "A" * 70
    assert printable("A" * 70).count("\u200b") == 2
    pdf = typeset(ONE_LINE, {"line": "A" * 300}, title="x", issued=dt.date(2026, 1, 1))
    assert "A" * 300 in text_of(pdf).replace(" ", "")


def test_pictures_are_left_alone() -> None:
    drawing = Picture("<svg>" + "日" * 40)
    assert printable_data({"a": [drawing, 1, None, True]}) == {"a": [drawing, 1, None, True]}


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    pdf = typeset(ONE_LINE, {"line": "x" + text}, title=text, issued=dt.date(2026, 1, 1))
    assert pdf.startswith(b"%PDF-")
