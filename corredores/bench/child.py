"""What `children.ask_child` asks: prints one JSON value."""

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable

import django

_SLACK = 200  # rows: warms imports, fonts and compiled writers before memory is looked at


def main(day: str, what: str, *arguments: str) -> None:
    django.setup()
    from corredores import urls  # noqa: F401, PLC0415 - a server has imported every room, too

    answers: dict[str, Callable[..., float]] = {"memory": memory, "cold": cold}
    answer = answers[what](dt.date.fromisoformat(day), *arguments)
    sys.stdout.write(json.dumps(answer) + "\n")


def memory(day: dt.date, medium: str, rows: str) -> float:
    """MB that writing `rows` rows in `medium` adds."""
    from .children import forget_highest, highest_memory  # noqa: PLC0415

    _write(day, medium, _SLACK)
    forget_highest()
    before = highest_memory()
    _write(day, medium, int(rows))
    return highest_memory() - before


def _write(day: dt.date, medium: str, rows: int) -> None:
    from django.http import QueryDict  # noqa: PLC0415

    from corredores.database import viewing  # noqa: PLC0415
    from corredores.installments.listing import CUOTAS  # noqa: PLC0415
    from corredores.listings.pdf import write_list_pdf  # noqa: PLC0415
    from corredores.listings.xlsx import stream_xlsx  # noqa: PLC0415

    from .children import Repeated  # noqa: PLC0415
    from .exports import CAPTION  # noqa: PLC0415
    from .readers import biggest  # noqa: PLC0415

    viewer = biggest()
    found = Repeated(CUOTAS, viewer, QueryDict("desde=&hasta="), day)
    found.wanted = rows
    with viewing(viewer, timeout="300s"), tempfile.TemporaryFile() as file:
        if medium == "pdf":
            write_list_pdf(found, CAPTION, file)
        else:
            file.writelines(stream_xlsx(found, CAPTION))


def cold(_day: dt.date, kind: str) -> float:
    """Seconds of the first paper that a process makes, from its row."""
    from .papers import keys, paper  # noqa: PLC0415
    from .readers import biggest  # noqa: PLC0415

    viewer = biggest()
    key = keys(kind, viewer)[0]
    start = time.perf_counter()
    paper(kind, viewer, key)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
