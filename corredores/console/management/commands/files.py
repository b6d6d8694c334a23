"""`corredores files verify`: the vouchers whose legal files are lost or damaged."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from corredores.loading.legal.verifying import missing


class Command(BaseCommand):
    help = "Lista los comprobantes cuyos archivos (XML, PDF, CDR) faltan o están dañados."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("verify",))

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Exit status 0 when all are there, 1 when some are to be delivered again."""
        count = 0
        for it in missing():
            count += 1
            self.stdout.write(f"{it.brokerage} {it.voucher} {it.sort}: {it.reason}")
        self.stdout.write(f"{count:,} archivos por entregar de nuevo")
        sys.exit(1 if count else 0)
