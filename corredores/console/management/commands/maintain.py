"""`corredores maintain`: what the worker does each night, now; best after the loads."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from corredores.console.nightly import maintain_tables
from corredores.loading.maintaining import PAYS


class Command(BaseCommand):
    help = "Limpia las tablas grandes y reordena, junto a los lectores, las que se desordenaron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rewrite-from", type=float, default=PAYS, metavar="VECES",
            help="desorden desde el que se reescribe: veces los bloques de una tabla en orden",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(maintain_tables("consola", options["rewrite_from"]))
