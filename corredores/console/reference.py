"""What the code itself says of settings, lists and reports, as pages of docs/generated/."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import django_filters
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from corredores.audit.listing import AUDITORIA
from corredores.catalog import LISTINGS, REPORTS
from corredores.env import PREFIX, Environment
from corredores.listings import Choice, Column, Link, Listing
from corredores.portfolio.filtering import same_day, two_months_before

FOLDER = Path(__file__).parents[2] / "docs" / "generated"
_HEAD = "Written by `corredores docs` from the code; a test holds that it is fresh.\n"
_SPELT_DAYS: dict[Callable[[dt.date], object], str] = {
    same_day: "today",
    two_months_before: "two months before today",
}
_ANY_DAY = dt.date(2000, 1, 1)
Row = tuple[str, ...]


def pages() -> dict[str, str]:
    """The text of each page, by the name of its file."""
    return {
        "settings.md": _page("Settings", _settings()),
        "listings.md": _page("Lists", _listings()),
        "reports.md": _page("Reports", _reports()),
    }


def _page(title: str, paragraphs: Iterable[str]) -> str:
    return "\n".join([f"# {title}\n", _HEAD, *paragraphs])


def _table(heads: Row, rows: Iterable[Row]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\xa0", " ")


def _settings() -> Iterator[str]:
    yield (
        'Read once at start from the environment. Lists are JSON (`["a", "b"]`). An unknown name '
        f"with the prefix `{PREFIX}`, or a bad value, stops the start with a line that says so.\n"
    )
    fields = Environment.model_fields.items()
    yield _table(
        ("Name", "Default", "What it is"),
        ((f"`{_variable(name, it)}`", _default(it), it.description or "") for name, it in fields),
    )


def _variable(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or f"{PREFIX}{name}".upper())


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "the user's data folder; for root `/var/lib/corredores`"
    value = field.get_default()
    if isinstance(value, list):
        return "<br>".join(f"`{item}`" for item in value) or "none"
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{said}`" if said else "empty"


def _listings() -> Iterator[str]:
    yield (
        "Each list is a page; the same address with an ending instead of the last `/` is the same "
        "search as a file. `orden` sorts by a column, `-` before it descending; `pagina` is a page "
        "of the list or of its JSON. An unknown parameter is refused.\n"
    )
    for listing in LISTINGS:
        yield from _described(listing, f"/estados-de-cuenta/{listing.slug}/", "xlsx pdf csv json")
    yield from _described(AUDITORIA, "/gestion/auditoria/", "xlsx pdf csv json")


def _reports() -> Iterator[str]:
    yield "Files only: Excel, PDF and CSV. A negocio that one may not see answers 404.\n"
    lines_of: dict[str, list[str]] = {}
    for line, reports in REPORTS.items():
        yield f"## {line.label}\n"
        yield _table(
            ("Report", "Address"),
            ((it.title, f"`/reportes/{line.lower()}/{it.slug}.xlsx`") for it in reports),
        )
        for it in reports:
            lines_of.setdefault(it.slug, []).append(line.lower())
    known = {it.slug: it for reports in REPORTS.values() for it in reports}
    for slug, lines in lines_of.items():
        where = lines[0] if len(lines) == 1 else f"<{'|'.join(lines)}>"
        yield from _described(known[slug], f"/reportes/{where}/{slug}", "xlsx pdf csv")


def _described(listing: Listing, address: str, endings: str) -> Iterator[str]:
    yield f"## {listing.title}\n"
    yield f"{listing.purpose}\n"
    files = " ".join(f"`.{ending}`" for ending in endings.split())
    yield "".join(f"- {label}: {said}\n" for label, said in _facts(listing, address, files) if said)
    filters = listing.filters.base_filters
    yield _table(
        ("Parameter", "Label", "Values", "When absent"),
        ((f"`{name}`", str(it.label), _values(it), _absent(listing, name))
         for name, it in filters.items()),
    )  # fmt: skip
    yield _table(
        ("Column", "Title", "Kind", "Shown"),
        ((f"`{it.name}`", it.title, _kind(it), _shown(it)) for it in listing.columns),
    )


def _facts(listing: Listing, address: str, files: str) -> Iterator[tuple[str, str]]:
    def titles(names: Iterable[str], between: str = ", ") -> str:
        return between.join(listing.column(name.removeprefix("-")).title for name in names)

    def signed(name: str) -> str:
        return titles([name]) + (" (descending)" if name.startswith("-") else "")

    *down, across, remark = listing.matrix or ("", "")
    yield "Address", f"`{address}`"
    yield "Files", files
    yield "One row for each", titles(_keys(listing)) if listing.group_by else ""
    yield "Order", ", ".join(map(signed, listing.order))
    yield "Subtotals", titles(listing.subtotals, " > ")
    yield "Further summaries", "; ".join(titles(names, " > ") for names in listing.summaries)
    yield "Matrix", f"{titles(down)} × {titles([across])}, with {titles([remark])}" if down else ""
    yield "Totals per currency", ", ".join(total.label for total in listing.totals)


def _keys(listing: Listing) -> list[str]:
    """The columns that show a field of the group, each once."""
    shown = {column.group or column.source: column.name for column in reversed(listing.columns)
             if not column.combine}  # fmt: skip
    return [shown[key] for key in listing.key if key in shown]


def _values(known: django_filters.Filter) -> str:
    choices: Any = known.extra.get("choices")
    if choices:
        several = isinstance(known, django_filters.MultipleChoiceFilter)
        said = ", ".join(f"`{value}`" for value, _label in choices)
        return f"several of {said}" if several else said
    if isinstance(known, django_filters.DateFilter):
        return "date `YYYY-MM-DD`"
    return "number" if isinstance(known, django_filters.NumberFilter) else "text"


def _absent(listing: Listing, name: str) -> str:
    default: Callable[[dt.date], object] | None = listing.filters.defaults.get(name)
    if default is None:
        return "any"
    return _SPELT_DAYS.get(default) or _spelt(default(_ANY_DAY))


def _spelt(value: object) -> str:
    if isinstance(value, dt.date):
        days = (_ANY_DAY - value).days
        return f"{days} days before today" if days else "today"
    return f"`{value}`"


def _kind(column: Column) -> str:
    kind = column.kind
    if isinstance(kind, Link):
        return f"link to `{kind.address}`"
    if isinstance(kind, Choice):
        return ", ".join(f"`{code}`" for code in kind.labels)
    return type(kind).__name__.lower()


def _shown(column: Column) -> str:
    said = [] if column.page else ["in files only"]
    if column.when:
        values = " or ".join(f"`{value}`" if value else "absent" for value in column.when[1])
        said.append(f"with `{column.when[0]}` {values}")
    if column.right:
        said.append(f"{'whole ' if column.otherwise else ''}with the right `{column.right}`")
    return "; ".join(said) or "always"
