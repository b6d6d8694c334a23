"""What keeps the portal tidy, by command or each night by the worker; the trail says each time."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from corredores.accounts.post import deliver
from corredores.accounts.tidying import tidy
from corredores.audit.actions import Actor, Entry, purge, record
from corredores.audit.models import Action
from corredores.loading.maintaining import PAYS, maintain
from corredores.uploads.orphans import forget_orphans


def tidy_up(by: str) -> str:
    """Letters that wait leave, what is of no use is forgotten. In a sentence, what was done."""
    sent, gone, orphans = deliver(), tidy(), forget_orphans()
    purged = purge(timezone.now() - timedelta(days=settings.AUDIT_DAYS))
    text = (
        f"{sent} cartas, {gone} filas borradas, {purged} eventos depurados, "
        f"{orphans} archivos sueltos borrados"
    )
    return _told(by, "tidy", text)


def maintain_tables(by: str, rewrite_from: float = PAYS) -> str:
    """The big tables are vacuumed, and put in order where they have drifted. A line for each."""
    lines = (
        f"{it.table}: desorden {it.drift:.1f} veces, {'reescrita' if it.rewritten else 'como está'}"
        for it in maintain(rewrite_from=rewrite_from)
    )
    return _told(by, "maintain", "\n".join(lines))


def _told(by: str, command: str, text: str) -> str:
    record(Actor(username=by), Entry(Action.MAINTAINED, command, text.replace("\n", "; ")))
    return text
