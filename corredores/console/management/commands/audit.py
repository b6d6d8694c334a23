"""`corredores audit verify` and `corredores audit purge`: the chain, and what is too old."""

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from corredores.audit.actions import purge
from corredores.audit.queries import breaks, head


class Command(BaseCommand):
    help = "Verifica la cadena de la auditoría, o elimina lo anterior al plazo de conservación."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("verify", "purge"))
        parser.add_argument(
            "--days", type=int, default=settings.AUDIT_DAYS,
            help="purge: se conservan los últimos (por defecto, CORREDORES_AUDIT_DAYS)",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit status of `verify`: 0 when the chain holds, 1 when it does not."""
        if options["what"] == "purge":
            gone = purge(timezone.now() - timedelta(days=options["days"]))
            self.stdout.write(f"{gone:,} eventos eliminados")
            return
        found = breaks()
        for it in found:
            self.stdout.write(f"evento {it.position}: {it.reason}")
        position, digest = head()
        self.stdout.write(f"{position:,} eventos, último {digest}")
        sys.exit(1 if found else 0)
