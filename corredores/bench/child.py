"""What `children.ask_child` asks: prints one JSON value."""

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable

import django

_PAGES = 20
_SLACK = 200  # rows: warms imports, fonts and compiled writers before memory is looked at


def main(day: str, what: str, *arguments: str) -> None:
    django.setup()
    from corredores import urls  # noqa: F401, PLC0415 - a server has imported every room, too

    answers: dict[str, Callable[..., float]] = {"memory": memory, "cold": cold, "page": page}
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
    from corredores.database import viewing  # noqa: PLC0415
    from corredores.listings.pdf import write_list_pdf  # noqa: PLC0415
    from corredores.listings.xlsx import stream_xlsx  # noqa: PLC0415

    from .exports import CAPTION  # noqa: PLC0415
    from .readers import biggest, many_rows  # noqa: PLC0415

    viewer = biggest()
    with viewing(viewer, timeout="300s"), tempfile.TemporaryFile() as file:
        found = many_rows(day, viewer, rows)
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


def page(day: dt.date, query: str) -> float:
    """ms that the database takes for one page of the biggest brokerage."""
    from .readers import biggest  # noqa: PLC0415
    from .searches import Stopwatch, read_page  # noqa: PLC0415

    viewer, spent = biggest(), Stopwatch()
    for _ in range(_PAGES):
        spent.of(lambda: read_page(day, viewer, query))
    return spent.median()


if __name__ == "__main__":
    main(*sys.argv[1:])
