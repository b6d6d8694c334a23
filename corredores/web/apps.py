"""What Django starts of this room: declarations are checked before anybody is served."""

from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    """The doors stand above every list, so the check of all of them stands here."""

    name = "corredores.web"

    def ready(self) -> None:
        from .declarations import mistakes  # noqa: PLC0415 - models are ready only now
        from .wording import speak  # noqa: PLC0415

        speak()
        register(mistakes, "listings")
