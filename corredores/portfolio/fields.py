"""The column types that the wide business rows share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

NOTHING = Decimal("0.00")


def code(length: int = 64, **options: Any) -> models.CharField[str, str]:
    """Text compared byte by byte: the same order and the same pages on every server."""
    return models.CharField(max_length=length, blank=True, default="", db_collation="C", **options)


def money(**options: Any) -> models.DecimalField[Any, Any]:
    """NUMERIC(14,2), as the core delivers amounts; negative is a refund."""
    return models.DecimalField(max_digits=14, decimal_places=2, default=NOTHING, **options)


def seal() -> models.BigIntegerField[Any, Any]:
    """Kept by loading alone: a hash of the row as it came, where there was nothing to remark."""
    return models.BigIntegerField(null=True, editable=False)


def day(**options: Any) -> models.DateField[Any, Any]:
    """A calendar day in Lima, absent when the core left it empty."""
    return models.DateField(null=True, blank=True, **options)
