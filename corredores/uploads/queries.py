"""Reads of uploads and of receipts, for who runs the loads."""

from django.db.models import Case, Count, QuerySet, When

from corredores.loading.models import Outcome, Receipt

from .models import State, Upload


def on_their_way() -> QuerySet[Upload]:
    """Uploads that wait or are being loaded, the oldest first."""
    return Upload.objects.filter(ended_at=None, state__in=(State.WAITING, State.RUNNING)).order_by(
        "pk"
    )


def ahead_of(upload: Upload) -> int:
    """How many uploads will be loaded before this one."""
    return on_their_way().filter(pk__lt=upload.pk).count()


def receipts_of(upload: Upload) -> QuerySet[Receipt]:
    """The receipts of an upload, what was refused first: a ZIP may have thousands."""
    refused_first = Case(When(outcome=Outcome.REFUSED, then=0), default=1)
    return upload.receipts.order_by(refused_first, "pk")


def outcomes_of(upload: Upload) -> dict[str, int]:
    """How many files came to which outcome."""
    counted = upload.receipts.order_by().values_list("outcome").annotate(files=Count("pk"))
    return dict(counted)


def history() -> QuerySet[Receipt]:
    """Every load there was, by whatever door, the newest first; without its problems."""
    return Receipt.objects.order_by("-pk").defer("problems")
