"""`corredores maintain`: once a night, after the loads."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from corredores.loading.maintaining import PAYS, maintain


class Command(BaseCommand):
    help = "Limpia las tablas grandes y reordena, junto a los lectores, las que se desordenaron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rewrite-from", type=float, default=PAYS, metavar="VECES",
            help="desorden desde el que se reescribe: veces los bloques de una tabla en orden",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        for it in maintain(rewrite_from=options["rewrite_from"]):
            done = "reescrita" if it.rewritten else "como está"
            self.stdout.write(f"{it.table}: desorden {it.drift:.1f} veces, {done}")
