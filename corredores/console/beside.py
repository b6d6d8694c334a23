"""The demo's worker: a process beside the web server, started again when it dies."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PAUSE = 2  # seconds before the next start, so that one that cannot start does not spin
_STOP_SECONDS = 5  # then it is killed: a load cut short leaves nothing, and is done again


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep `corredores worker` running meanwhile, as the owner, whom the web cannot become."""
    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(ended,), name="worker")
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(ended: threading.Event) -> None:
    while not ended.is_set():
        # In a session of its own: Ctrl-C is for us, and we stop it.
        worker = subprocess.Popen(
            [sys.executable, "-m", "corredores", "worker"],
            env={**os.environ, "CORREDORES_AS_OWNER": "true"},
            start_new_session=True,
        )
        while worker.poll() is None and not ended.wait(0.2):
            pass
        if worker.poll() is None:
            _stop(worker)
        ended.wait(_PAUSE)


def _stop(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
