"""`corredores tidy`: what the worker does each night, now."""

from typing import Any

from django.core.management.base import BaseCommand

from corredores.console.nightly import tidy_up


class Command(BaseCommand):
    help = "Envía las cartas pendientes, borra sesiones vencidas y depura la auditoría por plazo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(tidy_up("consola"))
