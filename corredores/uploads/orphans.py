"""Files that no upload names: whoever kept them was killed before, or after, it was committed."""

import datetime as dt

from django.core.files.storage import default_storage
from django.utils import timezone

from .actions import FOLDER, forget
from .models import Upload

_IN_HAND = dt.timedelta(days=1)  # so young, somebody may be about to commit its upload


def forget_orphans() -> int:
    """Take them out of the storage; how many."""
    # First the files: an upload that is committed meanwhile is then found with its own.
    kept = {name for name in _names() if _age(name) > _IN_HAND}
    named = {
        file["stored"]
        for upload in Upload.objects.filter(ended_at=None)
        for file in upload.stored()
    }
    orphans = kept - named
    forget(orphans)
    return len(orphans)


def _names() -> list[str]:
    try:
        return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return []


def _age(name: str) -> dt.timedelta:
    try:
        return timezone.now() - default_storage.get_modified_time(name)
    except FileNotFoundError:  # its upload has just ended
        return dt.timedelta(0)
