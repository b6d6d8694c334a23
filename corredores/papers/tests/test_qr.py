import re

import pytest
import zxingcpp

from corredores.papers.qr import MARGIN, qr

GOLDEN = "20332970411|01|F001|123|185.40|1215.40|2026-03-15|6|20131312955|" + "a" * 28


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules that the drawing covers."""
    found = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg):
        found |= {(int(x) + i, int(y)) for i in range(int(width))}
    return found


def side(svg: str) -> int:
    found = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert found
    return int(found[1])


def test_the_same_content_is_the_same_drawing() -> None:
    assert qr(GOLDEN) == qr(GOLDEN)
    assert qr(GOLDEN) != qr(GOLDEN + "b")


def test_a_white_margin_of_four_modules_is_part_of_it() -> None:
    drawing = qr(GOLDEN)
    xs = [x for x, _ in modules(drawing)]
    assert min(xs) == MARGIN
    assert max(xs) == side(drawing) - MARGIN - 1


def test_the_three_corners_are_there() -> None:
    drawing = qr(GOLDEN)
    dark, far = modules(drawing), side(drawing) - MARGIN - 7
    for left, top in ((MARGIN, MARGIN), (far, MARGIN), (MARGIN, far)):
        assert {(left + i, top) for i in range(7)} <= dark
        assert (left + 1, top + 1) not in dark
        assert (left + 3, top + 3) in dark


@pytest.mark.parametrize(
    "content",
    [GOLDEN, "20332970411|Ñ|日本", "7", "A" * 40, "0" * 300, *map(GOLDEN.replace, "0123", "4567")],
)
def test_a_reader_reads_what_was_said(content: str) -> None:
    assert read(qr(content)) == content


def read(svg: str) -> str:
    """What a reader makes of the drawing, each module four dots wide, on white paper."""
    wide = side(svg) * 4
    paper = bytearray(b"\xff" * wide * wide)
    for x, y in modules(svg):
        for line in range(y * 4, y * 4 + 4):
            paper[line * wide + x * 4 : line * wide + x * 4 + 4] = bytes(4)
    found = zxingcpp.read_barcode(memoryview(paper).cast("B", (wide, wide)))
    assert found
    assert found.ec_level == "Q"
    return str(found.text)
