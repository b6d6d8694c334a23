"""`corredores demo`: a running portal with data, on the embedded database."""

import argparse
import os
import socket
import subprocess
import sys

from .beside import worker_beside
from .serve import serve

_HOST = "127.0.0.1"


def main(arguments: list[str]) -> int:
    """Prepare what is missing, print address and accounts, serve and work until Ctrl-C."""
    parser = argparse.ArgumentParser("corredores demo")
    parser.add_argument("--installments", type=int, default=60_000)
    parser.add_argument("--port", type=int, default=None)
    options = parser.parse_args(arguments)
    # Another process, as the owner: this one never can write business rows.
    prepared = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "corredores", "prepare_demo",
         "--installments", str(options.installments)],
        env={**os.environ, "CORREDORES_AS_OWNER": "true"},
        check=False,
    )  # fmt: skip
    if prepared.returncode:
        return prepared.returncode
    port = options.port or free_port(8000)
    sys.stdout.write(f"\n  Portal: http://{_HOST}:{port}/   (Ctrl-C lo detiene)\n\n")
    sys.stdout.flush()
    with worker_beside():
        serve(_HOST, port)
    return 0


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((_HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {first} on")
