"""Files into the store while rows are written, so that none is left over when they are not.

Before the first file, a list of all is put into the store; it is taken away after the commit.
A list that is still there tells what to remove: after a failure at once, after a crash when
the next load begins.
"""

import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from django.core.files import File
from django.db import connection, transaction

from corredores.loading.faults import FAULTS
from corredores.loading.one_file import one_at_a_time
from corredores.vouchers.store import discard, name_of, store

from .files import LegalFile

PENDING = "pendientes"
# Lists of this process whose rows wait for the commit of a transaction around them.
_awaiting: set[str] = set()


class Keeping:
    """The files of one transaction."""

    def __init__(self) -> None:
        self._list = f"{PENDING}/{uuid.uuid4().hex}.txt"
        self._replaced: set[str] = set()

    def keep(self, files: Sequence[LegalFile], replaced: Iterable[str]) -> None:
        """Store the files; `replaced` names those that nobody may name after the commit."""
        self._replaced.update(replaced)
        kept = store()
        names = {name_of(file.sort, file.digest): file for file in files}
        listed = "\n".join([*names, *self._replaced])
        _awaiting.add(self._list)
        kept.save(self._list, File(io.BytesIO(listed.encode())))
        for name, file in names.items():
            if not is_whole(name, file):
                kept.delete(name)
                with file.copy.open("rb") as content:
                    kept.save(name, File(content))

    def end(self) -> None:
        """After the commit: nothing is pending; what was replaced goes."""
        _awaiting.discard(self._list)
        if self._replaced:
            _settle(self._list)
        discard([self._list])

    def undo(self) -> None:
        """After the rollback: what no row names, goes."""
        _awaiting.discard(self._list)
        _settle(self._list)


@contextmanager
def keeping() -> Iterator[Keeping]:
    """Around the transaction, whose rows name the files."""
    if not connection.in_atomic_block:
        _awaiting.clear()  # whatever they waited for has ended
    settle()
    made = Keeping()
    try:
        yield made
    except BaseException:
        with suppress(*FAULTS):
            made.undo()
        raise
    transaction.on_commit(made.end)


def is_whole(name: str, file: LegalFile) -> bool:
    """Whether the store has the file already."""
    kept = store()
    return kept.exists(name) and kept.size(name) == file.copy.stat().st_size


def settle() -> None:
    """Remove the files of loads that did not come to their commit."""
    try:
        _, pending = store().listdir(PENDING)
    except FileNotFoundError:
        return
    for name in (f"{PENDING}/{file}" for file in pending if not file.startswith(".")):
        if name not in _awaiting:
            _settle(name)


def _settle(pending: str) -> None:
    with transaction.atomic():
        one_at_a_time()  # who is still writing has the lock
        try:
            with store().open(pending) as file:
                names = file.read().decode().split()
        except FileNotFoundError:
            return
        used = _named_by_rows(names)
        discard(name for name in names if name not in used)
        discard([pending])


def _named_by_rows(names: Sequence[str]) -> set[str]:
    digests = [name.rpartition("/")[2].partition(".")[0] for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            """select unnest(array[pdf, xml, cdr]) from vouchers_voucher
               where pdf = any(%(all)s) or xml = any(%(all)s) or cdr = any(%(all)s)""",
            {"all": digests},
        )
        used = {row[0] for row in cursor.fetchall()}
    return {name for name, digest in zip(names, digests, strict=True) if digest in used}
