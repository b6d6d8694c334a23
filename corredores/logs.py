"""The program's log: one JSON object a line on standard error, and nobody's data in it.

What is logged is named in code (`log.info("request", route=…)`). What libraries log of a
request is reduced to its route and reference: addresses hold keys and queries hold names. Of
an error stay its kind and its place: messages of databases quote the values they refuse.
"""

import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_FRAMES = 12  # places of an error that are told, the innermost last
_TALKATIVE = ("django.request", "django.security", "django.server")


def without_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Reduce a line of Django's own about a request to what holds no data."""
    record = event.get("_record")
    if record is not None and record.name.startswith(_TALKATIVE):
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        event["event"] = "request_logged"
        event["status"] = getattr(record, "status_code", None)
        event["route"] = match.route if match else ""
        event["reference"] = getattr(request, "META", {}).get("corredores.reference", "")
    return event


def only_places(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An error as its class and the places it came through; its message may quote a row."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = None  # outside of a handler: nothing to tell
    if exc_info:
        kind, _error, trace = exc_info
        event["error"] = f"{kind.__module__}.{kind.__qualname__}"
        event["at"] = _places(trace)
    return event


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


_FIRST: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: every logger of every library ends in the same line."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_FIRST,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*_FIRST, structlog.stdlib.ExtraAdder(allow=())],
        "processors": [
            without_data,
            only_places,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # refusals stand in the access log already
            "corredores": {"level": level},
        },
    }
