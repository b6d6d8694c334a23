"""The portal's icons: our names for lucide's drawings, and one sprite per page.

Lucide icons in use (PyPI package ``lucide``): see the right side of ``ICONS``.
Drawing one icon costs lucide 23 µs; a page of 50 rows uses hundreds. So the sprite is drawn once
per process, and a place where an icon stands is a finished ``<use>`` string.
"""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from lucide.jinja import lucide

ICONS: dict[str, str] = {
    # states of a cuota: the tones of the listing engine
    "late": "triangle-alert",
    "due": "clock",
    "paid": "check",
    "busy": "hourglass",
    "void": "ban",
    "neutral": "circle-dot",
    # search
    "search": "search",
    "filters": "list-filter",
    "criteria": "sliders-horizontal",
    "clear": "x",
    "undo": "undo-2",
    "empty": "search-x",
    "problem": "circle-alert",
    # order and pages
    "ascending": "arrow-up",
    "descending": "arrow-down",
    "sortable": "chevrons-up-down",
    "previous": "chevron-left",
    "next": "chevron-right",
    "open": "chevron-down",
    # files
    "download": "download",
    "upload": "upload",
    "xlsx": "file-spreadsheet",
    "pdf": "file-text",
    "csv": "file-type",
    "xml": "file-code",
    # modules
    "home": "house",
    "statements": "wallet-cards",
    "installments": "receipt-text",
    "settlements": "scroll-text",
    "vouchers": "file-check",
    "reports": "chart-column",
    "help": "circle-question-mark",
    "management": "settings-2",
    "people": "users",
    "audit": "shield-check",
    "key": "key-round",
    "device": "monitor",
    "letter": "mail",
    "clock": "timer",
    "brokerage": "building-2",
    "phone": "phone",
    "menu": "menu",
    "leave": "log-out",
    "data": "database",
}


@cache
def icon(name: str) -> SafeString:
    """The place of one icon: decorative, so the words beside it must say it all.

    Raises KeyError for a name that ``ICONS`` does not have: a template's typing error.
    """
    ICONS[name]
    return mark_safe(  # noqa: S308 - the name is a key of our own dictionary
        f'<svg class="icon" aria-hidden="true"><use href="#i-{name}"/></svg>'
    )


@cache
def icon_sprite() -> SafeString:
    """All icons as symbols ``#i-NAME`` in one hidden SVG; stands once at the top of a page."""
    symbols = "".join(_symbol(ours, theirs) for ours, theirs in ICONS.items())
    return mark_safe(  # noqa: S308 - drawn from lucide's own files
        f'<svg class="sprite" width="0" height="0" aria-hidden="true">{symbols}</svg>'
    )


def _symbol(ours: str, theirs: str) -> str:
    drawing = lucide(theirs, size=None)
    inside = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return f'<symbol id="i-{ours}" viewBox="0 0 24 24">{inside.strip()}</symbol>'
