"""`corredores load PATH... [--check] [--json]`: files of the core system into the portal."""

import getpass
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from corredores.loading.actions import load_paths
from corredores.loading.reports import FileReport

_SHOWN = 20  # problems of one file on the screen; --json lists up to 1,000


class Command(BaseCommand):
    help = "Carga archivos del sistema central (corredores, cuotas, liquidaciones, comprobantes)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--check", action="store_true", help="solo valida, no cambia nada")
        parser.add_argument("--json", action="store_true", help="un objeto por archivo")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0: loaded (warnings allowed), 1: refused, 2: usage."""
        try:
            reports = load_paths(options["paths"], loaded_by=_who(), check_only=options["check"])
        except FileNotFoundError as missing:
            self.stderr.write(f"No existe: {missing.args[0]}")
            sys.exit(2)
        if not reports:
            self.stderr.write("No hay archivos que cargar.")
            sys.exit(2)
        for report in reports:
            self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
            if report.reject_file:
                self.stderr.write(f"Filas rechazadas: {default_storage.path(report.reject_file)}")
        sys.exit(1 if any(report.refused for report in reports) else 0)


def _who() -> str:
    try:
        return f"consola ({getpass.getuser()})"
    except (KeyError, OSError):  # a user without a name
        return "consola"


def _as_json(report: FileReport) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False)


def _as_text(report: FileReport) -> str:
    if report.refused:
        lines = [f"{report.file}: RECHAZADO, {report.error_count} errores; no se cambió nada"]
    else:
        lines = [
            f"{report.file}: {report.kind}, {report.rows} filas: {report.inserted} nuevas, "
            f"{report.updated} cambiadas, {report.unchanged} iguales, "
            f"{report.stale} anteriores ({report.seconds:.1f} s)"
        ]
    lines += _listed("error", report.errors, report.error_count)
    lines += _listed("aviso", report.warnings, report.warning_count)
    return "\n".join(lines)


def _listed(word: str, problems: list[Any], count: int) -> list[str]:
    lines = [f"  {word}: {problem}" for problem in problems[:_SHOWN]]
    more = count - len(lines)
    return lines + ([f"  … y {more} más"] if more > 0 else [])
