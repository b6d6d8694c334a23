"""`corredores worker`: executes what the doors have queued, as the database's owner."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import DeleteJobCondition


class Command(BaseCommand):
    help = "Ejecuta lo que está en cola: carga los archivos recibidos por la página y por la API."
    requires_system_checks = ()  # addresses and lists are the web's: it checks them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="termina cuando la cola está vacía")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until a signal; the job at hand is finished first. One job at a time."""
        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101 - procrastinate's app in Django
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(wait=not options["once"], delete_jobs=DeleteJobCondition.SUCCESSFUL)
