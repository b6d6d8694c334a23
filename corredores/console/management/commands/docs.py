"""`corredores docs`: writes docs/generated/ from the code."""

from typing import Any

from django.core.management.base import BaseCommand

from corredores.console.reference import FOLDER, pages


class Command(BaseCommand):
    help = "Writes docs/generated/: settings, lists and reports as the code has them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (FOLDER / name).write_text(text)
            self.stdout.write(str(FOLDER / name))
