"""A table as PDF: A4 landscape, repeated heads, page x of y, embedded fonts.

Drawn on ReportLab's canvas row by row, so that memory does not grow with the rows' objects.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = "SourceSansPro", "SourceSansPro-Bold"
_WIDTH, _HEIGHT = landscape(A4)
_MARGIN, _GAP = 34.0, 6.0
_SIZE, _SMALL, _LEADING = 7.4, 6.4, 9.0
_INK, _SOFT, _LINE, _TINT = map(HexColor, ("#14212B", "#5A6975", "#D5DCE1", "#EAF4F6"))
_REMEMBERED = 4_000  # texts
# The operators that fill with a colour; in capitals, those that stroke with it.
_INK_FILL, _SOFT_FILL, _LINE_FILL = (
    f"{it.red:.4g} {it.green:.4g} {it.blue:.4g} rg" for it in (_INK, _SOFT, _LINE)
)
rl_config.useA85 = 0  # streams as bytes: a quarter shorter than as letters, and not encoded twice
_SPECIAL = re.compile(r"[^ -~]|[\\()]")
_PAGES = "pages"  # the form that holds the number of pages, drawn when it is known


@dataclass(frozen=True)
class PdfColumn:
    """Title, the titles under it, relative width, and the side on which values stand."""

    title: str
    under: str
    weight: float
    numeric: bool


@dataclass(frozen=True)
class Band:
    """A line across the table: the head of a group (level 0, 1, …) or a subtotal."""

    text: str
    level: int = 0
    amounts: str = ""


PdfRow = Sequence[tuple[str, str]]  # (top, under) of each column
# The operators that show a text, in the subsets of the font that have its letters, and its width
# in points.
_Shown = tuple[str, float]


@dataclass(frozen=True)
class PdfPart:
    """A table of its own, with columns of its own, that is small enough to be kept whole."""

    title: str
    columns: Sequence[PdfColumn]
    rows: Sequence[PdfRow]


@cache
def _register_fonts() -> None:
    spec = find_spec("font_source_sans_pro")
    assert spec is not None and spec.origin is not None  # noqa: S101, PT018 - a pinned package
    files = Path(spec.origin).parent / "files"
    pdfmetrics.registerFont(TTFont(REGULAR, next(files.rglob("SourceSansPro-Regular.ttf"))))
    pdfmetrics.registerFont(TTFont(BOLD, next(files.rglob("SourceSansPro-Bold.ttf"))))


def write_pdf(
    out: IO[bytes],
    *,
    title: str,
    lines: Sequence[tuple[str, str]],
    columns: Sequence[PdfColumn],
    rows: Iterable[PdfRow | Band],
    footer: str,
    before: Iterable[PdfPart] = (),
) -> None:
    """Write the whole to `out`: title, (label, text) lines, the tables `before`, then the rows."""
    _register_fonts()
    canvas = Canvas(
        out,
        (_WIDTH, _HEIGHT),
        pageCompression=1,
        lang="es-PE",
        # Otherwise Helvetica, which is not embedded. The stubs take the name for a number.
        initialFontName=REGULAR,  # type: ignore[arg-type]
    )
    canvas.setTitle(title)
    canvas.setCreator(footer)
    sheet = _Sheet(canvas, footer)
    sheet.begin(title, lines)
    for part in before:
        sheet.table(part.columns, part.title)
        for small_row in part.rows:
            sheet.row(small_row)
    sheet.table(columns)
    for row in rows:
        if isinstance(row, Band):
            sheet.band(row)
        else:
            sheet.row(row)
    sheet.end()
    canvas.save()


class _Sheet:
    """The state of drawing: the page, and how far down it we are."""

    def __init__(self, canvas: Canvas, footer: str) -> None:
        self._canvas, self._footer = canvas, footer
        self._page, self._y = 1, _HEIGHT - _MARGIN
        self._columns: Sequence[PdfColumn] = ()
        self._remembered: dict[tuple[str, str, float], _Shown] = {}

    def table(self, columns: Sequence[PdfColumn], title: str = "") -> None:
        """Begin a table below what stands there, or on a new page where little room is left."""
        self._y -= 3 * _LEADING if self._columns else 0
        if self._is_full(8 * _LEADING):
            self._turn()
        if title:
            self._text(BOLD, 9, _MARGIN, self._y - 6, title)
            self._y -= 2 * _LEADING
        self._columns = columns
        usable = _WIDTH - 2 * _MARGIN - _GAP * (len(columns) - 1)
        share = usable / sum(column.weight for column in columns)
        self._widths = [column.weight * share for column in columns]
        self._lefts = [_MARGIN + sum(self._widths[:n]) + n * _GAP for n in range(len(columns))]
        self._heads()

    def begin(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        self._text(REGULAR if not title else BOLD, 15, _MARGIN, self._y - 12, title)
        self._y -= 30
        for label, text in lines:
            pieces = _wrapped(text, _WIDTH - 2 * _MARGIN - 90, REGULAR, 8)
            self._text(BOLD, 8, _MARGIN, self._y, label)
            for piece in pieces:
                self._text(REGULAR, 8, _MARGIN + 90, self._y, piece)
                self._y -= 11
        self._y -= 6

    def row(self, row: PdfRow) -> None:
        stacks = [
            (self._fitted(top, width, REGULAR, _SIZE), self._fitted(under, width, REGULAR, _SMALL))
            for (top, under), width in zip(row, self._widths, strict=True)
        ]
        height = max(len(top) + len(under) for top, under in stacks) * _LEADING + 5
        self._room(height)
        for (top, under), left, width, column in zip(
            stacks, self._lefts, self._widths, self._columns, strict=True
        ):
            y = self._y - _LEADING
            y = self._pieces(top, left, width, y, column.numeric, _INK_FILL)
            self._pieces(under, left, width, y, column.numeric, _SOFT_FILL)
        self._y -= height
        self._rule(_LINE_FILL)

    def band(self, band: Band) -> None:
        height = 15.0
        self._room(height * (1 if band.amounts else 2))
        if not band.amounts:
            self._canvas.setFillColor(_TINT)
            self._canvas.rect(_MARGIN, self._y - height, _WIDTH - 2 * _MARGIN, height, 0, 1)
        left = _MARGIN + 4 + 10 * band.level
        self._text(BOLD, _SIZE, left, self._y - 10, band.text)
        if band.amounts:
            self._canvas.setFont(BOLD, _SIZE)
            self._canvas.drawRightString(_WIDTH - _MARGIN - 4, self._y - 10, band.amounts)
        self._y -= height
        self._rule(_LINE_FILL)

    def end(self) -> None:
        self._finish_page()
        self._canvas.beginForm(_PAGES)
        self._text(REGULAR, 7.5, 0, 0, str(self._page))
        self._canvas.endForm()

    def _heads(self) -> None:
        top = self._y
        deepest = 0
        for column, left, width in zip(self._columns, self._lefts, self._widths, strict=True):
            titles = self._fitted(column.title, width, BOLD, _SMALL + 0.4)
            unders = self._fitted(column.under, width, REGULAR, _SMALL - 0.4)
            y = self._pieces(titles, left, width, top - 8, column.numeric, _INK_FILL)
            self._pieces(unders, left, width, y, column.numeric, _SOFT_FILL)
            deepest = max(deepest, len(titles) + len(unders))
        self._y = top - deepest * _LEADING - 5
        self._rule(_INK_FILL)

    def _pieces(
        self, pieces: Sequence[_Shown], left: float, width: float, y: float,
        numeric: bool, colour: str,
    ) -> float:  # fmt: skip
        """Bare operators: the canvas would make a text object of each piece. `T*` keeps a cell
        apart from its neighbour when the text is copied out."""
        for operators, long in pieces:
            x = left + width - long if numeric else left
            self._canvas.addLiteral(f"{colour} BT 1 0 0 1 {x:.2f} {y:.2f} Tm {operators} T* ET")
            y -= _LEADING
        return y

    def _fitted(self, text: str, width: float, font: str, size: float) -> Sequence[_Shown]:
        """`text` as pieces that fit: most are one, and only those that are not are taken apart."""
        if not text:
            return ()
        whole = self._shown(text, font, size)
        if whole[1] <= width:
            return (whole,)
        return [self._shown(piece, font, size) for piece in _wrapped(text, width, font, size)]

    def _shown(self, text: str, font: str, size: float) -> _Shown:
        """Cells repeat: the document remembers them."""
        key = (text, font, size)
        found = self._remembered.get(key)
        if found is None:
            face: Any = pdfmetrics.getFont(font)
            document = self._canvas._doc  # type: ignore[attr-defined]
            parts = [
                f"{face.getSubsetInternalName(subset, document)} {size} Tf {_string(codes)} Tj"
                for subset, codes in face.splitString(text, document)
            ]
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
            found = " ".join(parts), _width(text, font, size)
            self._remembered[key] = found
        return found

    def _text(self, font: str, size: float, x: float, y: float, text: str) -> None:
        self._canvas.setFillColor(_INK)
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, y, text)

    def _rule(self, colour: str) -> None:
        y = f"{self._y:.2f}"
        line = f"{_MARGIN} {y} m {_WIDTH - _MARGIN:.2f} {y} l S"
        self._canvas.addLiteral(f"{colour.upper()} 0.5 w {line}")

    def _room(self, height: float) -> None:
        if self._is_full(height):
            self._turn()
            self._heads()

    def _is_full(self, height: float) -> bool:
        return self._y - height < _MARGIN + 14

    def _turn(self) -> None:
        self._finish_page()
        self._page += 1
        self._y = _HEIGHT - _MARGIN

    def _finish_page(self) -> None:
        said = f"Página {self._page} de "
        self._text(REGULAR, 7.5, _MARGIN, _MARGIN - 10, self._footer)
        x = _WIDTH - _MARGIN - 70
        self._text(REGULAR, 7.5, x, _MARGIN - 10, said)
        self._canvas.saveState()
        self._canvas.translate(x + pdfmetrics.stringWidth(said, REGULAR, 7.5), _MARGIN - 10)
        self._canvas.doForm(_PAGES)
        self._canvas.restoreState()
        self._canvas.showPage()


def _string(codes: bytes) -> str:
    """A string of PDF: what is not plain, in octal."""
    plain = _SPECIAL.sub(lambda it: f"\\{ord(it[0]):03o}", codes.decode("latin-1"))
    return f"({plain})"


class _Widths(dict[str, float]):
    """Of the letters of a font, in its size. ReportLab looks each up by three calls."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, letter: str) -> float:
        width = self[letter] = pdfmetrics.stringWidth(letter, self._font, 1)
        return width


_WIDTHS = {font: _Widths(font) for font in (REGULAR, BOLD)}


def _width(text: str, font: str, size: float) -> float:
    """In points; the font does not kern."""
    return sum(map(_WIDTHS[font].__getitem__, text)) * size


@lru_cache(maxsize=1_000)
def _wrapped(text: str, width: float, font: str, size: float) -> tuple[str, ...]:
    """`text` in lines that fit `width` points; a word too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        tried = f"{line} {word}" if line else word
        if _width(tried, font, size) <= width:
            line = tried
            continue
        lines += [line] if line else []
        line = word
        while _width(line, font, size) > width and len(line) > 1:
            fits = max(1, int(len(line) * width / _width(line, font, size)))
            lines.append(line[:fits])
            line = line[fits:]
    return (*lines, line)
