"""Whatever is wrong with a file, who loads it stays small, and the database is as it was."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from .interruptions import this_database
from .spoiled_parquet import parquets
from .spoiled_rows import Spoiled, archives, books, no_text, torn, wrong_cells
from .test_spoiled_legal_files import MOST_MEMORY, MOST_SECONDS, state

pytestmark = [
    pytest.mark.slow,  # each file in a process of its own
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("brokerages"),
]
CORPUS: list[Callable[[], Iterable[Spoiled]]] = [no_text, torn, wrong_cells, books, archives]

# The whole of a load, with the readers that it starts: seconds of the slowest file, and KB.
_LOAD = """
import json, resource, sys, django
from pathlib import Path
django.setup()
from corredores.loading.actions import load_paths
reports = load_paths([Path(sys.argv[1])], loaded_by="test")
peak = max(resource.getrusage(who).ru_maxrss
           for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([len(reports), sum(r.refused for r in reports),
                  max(r.seconds for r in reports), peak]))
"""
# Of a child of ours the system counts our own size, too: a small process stands between.
_BETWEEN = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"


def _loaded(folder: Path) -> tuple[int, int, float, int]:
    """Files, how many of them were refused, seconds of the slowest, KB at the highest."""
    dsn = this_database()
    done = subprocess.run(
        [sys.executable, "-c", _BETWEEN, sys.executable, "-c", _LOAD, str(folder)],
        env={**os.environ, "DATABASE_URL": dsn, "DATABASE_OWNER_URL": dsn},
        capture_output=True, check=True,
    )  # fmt: skip
    files, refused, seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return files, refused, seconds, peak


def _written(folder: Path, spoiled: Iterable[Spoiled]) -> int:
    folder.mkdir()
    number = 0
    for number, file in enumerate(spoiled, 1):
        (folder / f"{number:03}.{file.ending}").write_bytes(file.content)
    return number


def _refused_and_small(folder: Path, spoiled: Iterable[Spoiled]) -> None:
    written = _written(folder, spoiled)
    before = state(folder)
    files, refused, seconds, peak = _loaded(folder)
    assert refused == files >= written  # of a ZIP, each member is a file
    assert seconds <= MOST_SECONDS
    assert peak <= MOST_MEMORY
    assert state(folder) == before


@pytest.mark.parametrize("corpus", CORPUS, ids=lambda it: it.__name__)
def test_who_loads_spoiled_rows_stays_small_and_changes_nothing(
    corpus: Any, tmp_path: Path
) -> None:
    _refused_and_small(tmp_path / "entrega", corpus())


def test_who_loads_spoiled_parquet_stays_small_and_changes_nothing(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    _refused_and_small(tmp_path / "entrega", parquets())
