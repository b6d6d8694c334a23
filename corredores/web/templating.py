"""The Jinja2 environment of the portal's pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from corredores.listings.kinds import money

from .icons import icon, icon_sprite


def environment(**options: Any) -> Environment:
    """Strict: a name that a view forgot is an error in a test, not a gap on a page."""
    made = Environment(**{**options, "undefined": StrictUndefined, "autoescape": True})  # noqa: S701
    made.trim_blocks = made.lstrip_blocks = True
    made.globals.update(
        static=static,
        url=_url,
        icon=icon,
        icon_sprite=icon_sprite,
        htmx_script=htmx_script,
        help_line=settings.HELP_LINE,
        portal_name=settings.PORTAL_NAME,
        person=None,
        data_as_of=None,
        active="",
    )
    made.filters.update(fecha=day, fecha_hora=moment, dinero=amount)
    return made


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def day(value: dt.date | None) -> str:
    """`24/11/2026`, or a dash where there is no date."""
    return f"{value:%d/%m/%Y}" if value else "—"


def moment(value: dt.datetime) -> str:
    """`24/11/2026 06:10`, in Lima."""
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"


def amount(value: Decimal | None, currency: str) -> str:
    """`S/ 1,234.56`"""
    return "—" if value is None else money(value, currency)
