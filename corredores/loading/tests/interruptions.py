"""Loads in processes of their own, which can be killed."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

# What `corredores load` does, from the moment at which Django is there.
_LOAD = """
import json, sys, django
from pathlib import Path
django.setup()
from corredores.loading.actions import load_paths
print("ready", flush=True)
sys.stdin.readline()
reports = load_paths([Path(path) for path in sys.argv[1:]], loaded_by="test")
for report in reports:
    print(json.dumps(report.as_json()))
sys.exit(any(report.refused for report in reports))
"""


def loader(*paths: Path, dsn: str = "") -> "subprocess.Popen[bytes]":
    """A process that is about to load: it begins when it reads a line, or at `begin`."""
    dsn = dsn or this_database()
    environment = {**os.environ, "DATABASE_URL": dsn, "DATABASE_OWNER_URL": dsn}
    process = subprocess.Popen(
        [sys.executable, "-c", _LOAD, *map(str, paths)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def begin(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin
    process.stdin.write(b"\n")
    process.stdin.flush()


def this_database() -> str:
    told = connection.settings_dict
    return make_conninfo(host=told["HOST"], user=told["USER"], dbname=told["NAME"])
