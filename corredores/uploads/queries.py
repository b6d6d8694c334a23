"""Reads of uploads and of receipts, for who runs the loads."""

from django.db.models import QuerySet

from corredores.loading.models import Receipt

from .models import State, Upload


def on_their_way() -> QuerySet[Upload]:
    """Uploads that wait or are being loaded, the oldest first."""
    return Upload.objects.filter(ended_at=None, state__in=(State.WAITING, State.RUNNING)).order_by(
        "pk"
    )


def ahead_of(upload: Upload) -> int:
    """How many uploads will be loaded before this one."""
    return on_their_way().filter(pk__lt=upload.pk).count()


def history() -> QuerySet[Receipt]:
    """Every load there was, by whatever door, the newest first; without its problems."""
    return Receipt.objects.order_by("-pk").defer("problems")
