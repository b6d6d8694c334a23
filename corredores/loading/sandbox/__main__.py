"""The process itself: `python -m corredores.loading.sandbox READER FILE`, rows to stdout.

It ends with status 3 and one JSON object on stderr when the file is refused.
"""

import json
import os
import resource
import sys
from pathlib import Path

from corredores.loading.problems import RefusedError

MEMORY = 1_200 << 20  # address space: the libraries' own mappings are in it
PROCESSOR_SECONDS = 60
OUTPUT = 4 << 30
REFUSED = 3


def main(reader: str, path: Path) -> int:
    """Read one file under limits that it cannot lift."""
    _limit()
    try:
        with os.fdopen(1, "w", encoding="utf-8", newline="", buffering=1 << 20) as out:
            _reader(reader)(path, out)
    except RefusedError as refusal:
        problems = [problem.as_json() for problem in refusal.problems]
        sys.stderr.write("\n" + json.dumps({"problems": problems}))
        return REFUSED
    return 0


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _reader(name: str):  # type: ignore[no-untyped-def]
    # Imported under the limits, and only the one that is needed.
    if name == "parquet":
        from .parquet import write_csv  # noqa: PLC0415
    else:
        from .workbook import write_csv  # noqa: PLC0415
    return write_csv


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
