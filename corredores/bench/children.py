"""Measurements in a process of their own: memory, and what only the first time costs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from .stage import Stage, environment_of


def growth_in_child(stage: Stage, medium: str, rows: int) -> float:
    """MB by which a fresh process grows at its highest while it writes `rows` rows."""
    return float(ask_child(stage, "memory", medium, str(rows)))


def ask_child(stage: Stage, *question: str) -> Any:
    """The answer of `corredores.bench.child`, a process that reads the same stage."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "corredores.bench.child", stage.day.isoformat(), *question],
        env=environment_of(stage.home, stage.server),
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def highest_memory() -> float:
    """MB of this process at their highest since `forget_highest`."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def forget_highest() -> None:
    Path("/proc/self/clear_refs").write_text("5")
