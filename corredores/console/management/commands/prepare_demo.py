"""Migrations, generated data when there are none, accounts and static files for the demo."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from corredores.accounts.models import Brokerage
from corredores.console.accounts import ACCOUNTS, PASSWORD, ensure_accounts
from corredores.console.static import collect_static
from corredores.generation.generate import generate
from corredores.generation.legal import write_legal
from corredores.loading.actions import load_paths
from corredores.portfolio.models import Issuer

_WITH_FILES = 300  # vouchers that have their XML, and some of them the original PDF


class Command(BaseCommand):
    help = "Prepara la base de la demostración."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--installments", type=int, default=60_000)
        parser.add_argument("--brokerages", type=int, default=40)

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if not Brokerage.objects.exists():
            self._fill(options["installments"], options["brokerages"])
        ensure_accounts()
        collect_static(Path(settings.STATIC_ROOT))
        self.stdout.write("\n  Cuentas (contraseña: " + PASSWORD + ")")
        for account in ACCOUNTS:
            self.stdout.write(f"    {account.username:<10} {account.what}")

    def _fill(self, installments: int, brokerages: int) -> None:
        self.stdout.write(f"  Generando y cargando {installments:,} cuotas…")
        with tempfile.TemporaryDirectory() as folder:
            generate(
                Path(folder),
                installments=installments,
                brokerages=brokerages,
                today=timezone.localdate(),
            )
            write_legal(Path(folder), _WITH_FILES)
            for report in load_paths([Path(folder)], loaded_by="demo"):
                if report.errors:
                    raise CommandError(f"{report.file}: {report.errors[0].message}")
        first = Issuer.objects.order_by("pk").first()
        if first is not None:
            first.issues_settlements = True
            first.save()
