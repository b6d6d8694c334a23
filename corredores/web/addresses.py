"""Addresses of our pages by their names, remembered: a page asks for some thirty of them."""

from functools import lru_cache
from typing import Any

from django.urls import reverse

_KEPT = 512


@lru_cache(_KEPT)
def url(name: str, *args: Any, **kwargs: Any) -> str:
    """What Django's `reverse` says of a name and its arguments."""
    return reverse(name, args=args, kwargs=kwargs)
