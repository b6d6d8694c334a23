"""The kinds of value, and how each medium shows one. Only a kind knows a medium."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any, ClassVar

from corredores.media import cells

SYMBOLS = {"PEN": "S/", "USD": "US$"}


@dataclass(frozen=True)
class Kind:
    """A kind of value. `extras` are further fields of the row that its texts need.

    `text` is what a person reads (page, PDF); `plain` what a program reads (JSON); `parse` makes a
    value of PostgreSQL's text for it;
    `xlsx` and `csv` fill a column of many rows at once (media/cells.py); `empty` is what
    all media but JSON say where there is no value.
    """

    numeric: ClassVar[bool] = False
    empty: ClassVar[str] = ""
    number_format: ClassVar[str] = "@"
    width: ClassVar[int] = 14
    parse: ClassVar[Any] = str

    @property
    def extras(self) -> tuple[str, ...]:
        return ()

    def read(self, written: str | None) -> Any:
        return None if written is None else type(self).parse(written)

    def text(self, value: Any, *_extras: Any) -> str:
        return "" if value is None else str(value)

    def html(self, value: Any, *extras: Any) -> str:
        return escape(self.text(value, *extras)) or "—"

    def small(self, value: Any, *extras: Any) -> str:
        """The value as one that stands under another: nothing where there is none."""
        html = self.html(value, *extras)
        return "" if html == "—" else f"<span>{html}</span>"

    def plain(self, value: Any) -> object:
        return value

    def xlsx(self, style: str) -> cells.Filling:
        """Of text that is XML already, and numbers."""
        cell = (cells.number if self.numeric else cells.inline)(style, "%b")
        return cells.framed(cell, cells.said_or_nothing(style, self.empty))

    def csv(self) -> cells.Filling:
        return cells.framed("%b", "") if self.numeric else cells.guarded(self.empty)


@dataclass(frozen=True)
class Text(Kind):
    """Text, also numbers that are names: policies, documents. `hidden` values show nothing;
    `phrase` says what it is where only small type tells."""

    hidden: tuple[str, ...] = ()
    width: int = 16  # type: ignore[misc] # a field here, a constant in the other kinds
    phrase: str = "{}"

    def text(self, value: Any, *_extras: Any) -> str:
        return self.phrase.format(value) if value and value not in self.hidden else ""


@dataclass(frozen=True)
class Link(Text):
    """Text that leads somewhere: `address` with the value of field `key` in place of `{}`.

    Where field `state` is not empty it leads nowhere, and `reasons[state]` says why.
    """

    address: str = ""
    key: str = "pk"
    state: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""  # type: ignore[misc]

    @property
    def extras(self) -> tuple[str, ...]:
        return (self.key, self.state) if self.state else (self.key,)

    def text(self, value: Any, *extras: Any) -> str:
        return super().text(value, *extras) or self.empty

    def html(self, value: Any, *extras: Any) -> str:
        shown = escape(self.text(value))
        state = extras[1] if self.state else ""
        if not value and not state:
            return f'<span class="soft">{shown or "—"}</span>'
        if state:
            return (
                f'<span class="reason">{shown}<small>{escape(self.reasons[state])}</small></span>'
            )
        return f'<a href="{escape(self.address.format(extras[0]))}">{shown}</a>'


@dataclass(frozen=True)
class Integer(Kind):
    """A whole number; `phrase` reads it out (`"y {} más"`), and zero then says nothing."""

    phrase: str = ""
    numeric: ClassVar[bool] = True
    number_format: ClassVar[str] = "0"
    width: ClassVar[int] = 9
    parse: ClassVar[Any] = int

    def text(self, value: Any, *_extras: Any) -> str:
        if value is None or (self.phrase and not value):
            return ""
        return self.phrase.format(value) if self.phrase else f"{value:,}"


@dataclass(frozen=True)
class Days(Integer):
    """Days past a date; negative while it is still to come."""

    def text(self, value: Any, *_extras: Any) -> str:
        if value is None:
            return ""
        if value == 0:
            return "hoy"
        unit = "día" if abs(value) == 1 else "días"
        return f"{value} {unit}" if value > 0 else f"en {-value} {unit}"


@dataclass(frozen=True)
class Decimals(Kind):
    """An exact number without a currency."""

    numeric: ClassVar[bool] = True
    number_format: ClassVar[str] = "#,##0.00"
    parse: ClassVar[Any] = Decimal

    def text(self, value: Any, *_extras: Any) -> str:
        return "" if value is None else f"{value:,.2f}"

    def plain(self, value: Any) -> object:
        return None if value is None else f"{value:.2f}"


@dataclass(frozen=True)
class Percent(Decimals):
    """A percentage, 0 to 100."""

    width: ClassVar[int] = 9

    def text(self, value: Any, *_extras: Any) -> str:
        return "" if value is None else f"{value:.2f} %"


@dataclass(frozen=True)
class Money(Decimals):
    """An amount in the currency that stands in field `currency` of the same row."""

    currency: str = "currency"

    @property
    def extras(self) -> tuple[str, ...]:
        return (self.currency,)

    def text(self, value: Any, *extras: Any) -> str:
        return "" if value is None else money(value, extras[0])


def money(amount: Decimal, currency: str) -> str:
    """`S/ 1,234.56`, `US$ -20.00` (CLDR es-PE)."""
    return f"{SYMBOLS.get(currency, currency)}\xa0{amount:,.2f}"


@dataclass(frozen=True)
class Date(Kind):
    """A calendar day; `phrase` says what day it is where only small type tells."""

    phrase: str = "{}"
    number_format: ClassVar[str] = "dd/mm/yyyy"
    width: ClassVar[int] = 11
    parse: ClassVar[Any] = dt.date.fromisoformat

    def text(self, value: Any, *_extras: Any) -> str:
        return "" if value is None else self.phrase.format(cells.DAYS[value])

    def plain(self, value: Any) -> object:
        return value.isoformat() if isinstance(value, dt.date) else None

    def xlsx(self, style: str) -> cells.Filling:
        return cells.Few(partial(cells.day, style))

    def csv(self) -> cells.Filling:
        return cells.framed("%b", "")


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few codes: its label, and where given its tone and its meaning."""

    labels: Mapping[str, str] = field(default_factory=dict)
    tones: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)

    def text(self, value: Any, *_extras: Any) -> str:
        return self.labels.get(value, value or "")

    def html(self, value: Any, *extras: Any) -> str:
        tone, label = self.tones.get(value), escape(self.text(value))
        if not tone:
            return label or "—"
        return cells.badge(value, tone, label, self.meanings.get(value, ""))

    def xlsx(self, style: str) -> cells.Filling:
        labels = {code: cells.xml_text(label) for code, label in self.labels.items()}
        return cells.Few(lambda code: cells.said_or_nothing(style, labels.get(code, code)))

    def csv(self) -> cells.Filling:
        return cells.Few(lambda code: cells.csv_text(self.labels.get(code, code)))
