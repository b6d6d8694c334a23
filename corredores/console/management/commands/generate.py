"""`corredores generate`: a reproducible fictitious portfolio in the public formats."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from corredores.generation.generate import generate
from corredores.generation.legal import ARCHIVE, FOLDER, write_legal


class Command(BaseCommand):
    help = "Writes a reproducible fictitious portfolio in the public formats (docs/operations.md)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--installments", type=int, required=True)
        parser.add_argument("--brokerages", type=int, default=40)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--legal", type=int, default=0, help="vouchers with XML, CDR and PDF")

    def handle(self, *_args: Any, **options: Any) -> None:
        summary = generate(
            options["directory"],
            installments=options["installments"],
            brokerages=options["brokerages"],
            seed=options["seed"],
            today=timezone.localdate(),
        )
        for file, rows in summary.rows.items():
            self.stdout.write(f"{file}: {rows:,}")
        if options["legal"]:
            legal = write_legal(options["directory"], options["legal"])
            self.stdout.write(f"{FOLDER}, {ARCHIVE}: {legal:,}")
