"""Running a reader in a process of its own, from the side of the caller."""

import json
import subprocess
import sys
from pathlib import Path

from corredores.loading.problems import Problem, RefusedError

from .__main__ import REFUSED

SECONDS = 90
_DIED = "no se puede leer: está dañado o es desmedido (el lector no pudo terminar)"


def run(reader: str, path: Path, out: Path, *, seconds: float = SECONDS) -> None:
    """Write the rows of `path` as CSV to `out`. Raises RefusedError with the reader's reasons.

    The process gets no environment, so no address of a database. Whatever kills it, memory,
    time or a crash, kills nothing else.
    """
    with out.open("wb") as rows:
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                [sys.executable, "-I", "-m", "corredores.loading.sandbox", reader, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=rows,
                stderr=subprocess.PIPE,
                env={"LANG": "C.UTF-8"},
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RefusedError(Problem("ilegible", "tarda demasiado en leerse")) from None
    if done.returncode == REFUSED:
        raise RefusedError(*_problems(done.stderr))
    if done.returncode:
        raise RefusedError(Problem("ilegible", _DIED))


def _problems(stderr: bytes) -> list[Problem]:
    said = json.loads(stderr.rsplit(b"\n", 1)[-1])
    return [Problem(**problem) for problem in said["problems"]]
