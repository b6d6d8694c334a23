"""`corredores tidy`: once a day. Letters that wait leave, and what is of no use is forgotten."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from corredores.accounts.post import deliver
from corredores.accounts.tidying import tidy
from corredores.audit.actions import purge
from corredores.uploads.orphans import forget_orphans


class Command(BaseCommand):
    help = "Envía las cartas pendientes, borra lo vencido y depura la auditoría por plazo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        sent, gone, orphans = deliver(), tidy(), forget_orphans()
        purged = purge(timezone.now() - timedelta(days=settings.AUDIT_DAYS))
        self.stdout.write(
            f"{sent} cartas, {gone} filas borradas, {purged} eventos depurados, "
            f"{orphans} archivos sueltos borrados"
        )
