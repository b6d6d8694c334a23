"""The process itself: `python -m corredores.loading.sandbox READER FILE`, rows to stdout.

It ends with status 3 and one JSON object on stderr when the file is refused.
"""

import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path

from corredores.loading.problems import RefusedError

MEMORY = 1_200 << 20  # address space: the libraries' own mappings are in it
PROCESSOR_SECONDS = 60
OUTPUT = 4 << 30
REFUSED = 3
READERS = {
    "parquet": ("parquet", "write_csv"),
    "workbook": ("workbook", "write_csv"),
    "archive": ("archive", "write"),  # a ZIP into a folder
    "legal": ("legal", "write"),  # XML, CDR and PDF of vouchers
}


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
    module, function = READERS[name]
    return getattr(import_module(f".{module}", __package__), function)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
