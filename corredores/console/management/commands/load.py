"""`corredores load PATH... [--check] [--json]`: files of the core system into the portal."""

import getpass
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from corredores.audit.actions import Actor, Entry, record
from corredores.audit.models import Action
from corredores.loading.actions import load_paths
from corredores.loading.reports import FileReport
from corredores.loading.watching import watch

_SHOWN = 20  # problems of one file on the screen; --json lists up to 1,000


class Command(BaseCommand):
    help = "Carga archivos del sistema central (corredores, cuotas, liquidaciones, comprobantes)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        parser.add_argument("--json", action="store_true", help="un objeto por archivo")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--check", action="store_true", help="solo valida, no cambia nada")
        way.add_argument(
            "--replace-all", action="store_true",
            help="lo que dicen estos archivos reemplaza todo lo que hay de su tipo, o nada cambia",
        )  # fmt: skip
        way.add_argument(
            "--watch", type=Path, metavar="DIR", help="carga lo que llegue a esta carpeta, sin fin"
        )
        parser.add_argument(
            "--every", type=float, default=5.0, metavar="SEGUNDOS",
            help="cada cuánto se mira la carpeta de --watch (5)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0: loaded (warnings allowed), 1: refused, 2: usage."""
        self._as_json = options["json"]
        if bool(options["paths"]) == bool(options["watch"]):
            self._leave("Indica qué archivos o carpetas cargar, o una carpeta con --watch.")
        try:
            if options["watch"]:
                self._watch(options["watch"], options["every"])
            else:
                self._load(options)
        except FileNotFoundError as missing:
            self._leave(f"No existe: {missing.args[0]}")

    def _load(self, options: dict[str, Any]) -> None:
        reports = load_paths(
            options["paths"], loaded_by=_who(),
            check_only=options["check"], replace_all=options["replace_all"],
        )  # fmt: skip
        if not reports:
            self._leave("No hay archivos que cargar.")
        if not options["check"]:
            _record(reports)
        self._tell(reports)
        sys.exit(1 if any(report.refused for report in reports) else 0)

    def _watch(self, folder: Path, seconds: float) -> None:
        for reports in watch(folder, loaded_by=_who(), seconds=seconds):
            _record(reports)
            self._tell(reports)

    def _tell(self, reports: list[FileReport]) -> None:
        for report in reports:
            self.stdout.write(_as_json(report) if self._as_json else _as_text(report))
            if report.reject_file:
                self.stderr.write(f"Filas rechazadas: {default_storage.path(report.reject_file)}")
        self.stdout.flush()

    def _leave(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(2)


def _record(reports: list[FileReport]) -> None:
    """A load is an act that the trail tells, whichever door it came through."""
    entries = (
        Entry(Action.LOADED, it.file, f"{it.kind or 'archivo'}, {it.outcome.label}", rows=it.rows)
        for it in reports
    )
    record(Actor(username=_who()), *entries)


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
