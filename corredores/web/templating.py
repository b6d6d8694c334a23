"""The Jinja2 environment of the portal's pages."""

import datetime as dt
import json
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.template import engines
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from corredores.accounts.second_factor import missing
from corredores.listings.kinds import money

from .addresses import url
from .form_token import form_token
from .fragments import Kept
from .icons import icon, icon_sprite
from .person import Person, known, person_of


def environment(**options: Any) -> Environment:
    """Strict: a name that a view forgot is an error in a test, not a gap on a page."""
    chosen = {"undefined": StrictUndefined, "autoescape": True, "extensions": [Kept]}
    made = Environment(**{**options, **chosen})  # noqa: S701
    made.trim_blocks = made.lstrip_blocks = True
    made.globals.update(
        static=cache(static),
        url=url,
        icon=icon,
        icon_sprite=icon_sprite,
        htmx_script=htmx_script,
        help_line=settings.HELP_LINE,
        portal_name=settings.PORTAL_NAME,
        person=None,
        data_as_of=None,
        active="",
        me=_me,
        known=known,
        must_set_up=_must_set_up,
    )
    made.filters.update(fecha=day, fecha_hora=moment, dinero=amount, for_script=for_script)
    return made


def get_ready() -> None:
    """Compile every template and draw the icons: a process that is forked afterwards makes its
    first page as fast as any other."""
    pages = engines["jinja2"].env  # type: ignore[attr-defined] # the backend's own environment
    for name in pages.list_templates():
        pages.get_template(name)
    icon_sprite()


def one_token(request: HttpRequest) -> dict[str, Any]:
    """One masked CSRF token for all forms of a page: masking costs more than a form."""
    return {"csrf_input": SimpleLazyObject(lambda: form_token(request))}


def _me(request: HttpRequest) -> Person:
    return person_of(request)


def _must_set_up(request: HttpRequest, person: Person) -> bool:
    return missing(request.session, person.user, person.viewer)


def for_script(value: object) -> str:
    """JSON for a data attribute, where a module of ours reads it; it is escaped like any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)


def day(value: dt.date | None) -> str:
    """`24/11/2026`, or a dash where there is no date."""
    return f"{value:%d/%m/%Y}" if value else "—"


def moment(value: dt.datetime) -> str:
    """`24/11/2026 06:10`, in Lima."""
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"


def amount(value: Decimal | None, currency: str) -> str:
    """`S/ 1,234.56`"""
    return "—" if value is None else money(value, currency)
