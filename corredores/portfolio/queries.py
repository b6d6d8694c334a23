"""Reads of policyholders."""

from django.db.models import QuerySet

from corredores.accounts.viewer import Viewer

from .folding import folded
from .models import Policyholder


def policyholders_named(viewer: Viewer, text: str) -> QuerySet[Policyholder]:
    """Policyholders of the viewer's brokerage whose folded name has every word of `text`."""
    rows = Policyholder.objects.visible_to(viewer)
    for word in folded(text).split():
        rows = rows.filter(folded_name__contains=word)
    return rows
