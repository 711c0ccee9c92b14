"""What a command costs: CPU, wall and memory of its whole process tree, medians, and ratios pair by pair.

CPU seconds are user and system time as the kernel counts them (``wait4``), and hardly depend on what else runs; wall seconds do.
"""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks at the memory of a process tree."""


@dataclass(frozen=True)
class Cost:
    """Seconds, and ``peak``: the most bytes that the process tree held at once.

    That is the sum of the proportional set sizes (PSS: what processes share is counted once), looked at ten times a second, or the
    largest resident set of one process where that is more, as of a tree that has ended before the first look.
    """

    cpu: float
    wall: float
    peak: int

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.peak, other.peak))


def cost(command: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Runs a command and all that it starts. Raises :class:`subprocess.CalledProcessError` where it fails, and prints what it said."""
    # Who measures may have told Python to keep no compiled modules; then each run would compile them all again, for half a second.
    outer = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | dict(env or {})
    began = time.monotonic()
    with subprocess.Popen(list(map(str, command)), cwd=folder, env=outer, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        peak = _Peak(process.pid)
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        largest = peak.ended()
    if process.returncode:
        sys.stderr.write(said.decode(errors="replace"))
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(largest, usage.ru_maxrss * 1024))


class _Peak:
    """Looks at the memory of a process tree until it is told to end."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def ended(self) -> int:
        """Bytes."""
        self._over.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self._most = max(self._most, sum(map(_held, _tree(self._pid))))


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _held(pid: int) -> int:
    """The proportional set size of a process in bytes; 0 when it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def median(costs: Sequence[Cost]) -> Cost:
    """Of each figure the median."""
    cpu, wall, peak = (statistics.median(found) for found in zip(*map(astuple, costs), strict=True))
    return Cost(cpu, wall, int(peak))


def ratio(costs: Sequence[Cost], others: Sequence[Cost]) -> float:
    """How much CPU as a multiple of what the other took in the same turn: the median over the pairs."""
    return statistics.median(one.cpu / other.cpu for one, other in zip(costs, others, strict=True))


def files(folder: Path, patterns: Iterable[str] = ("**/*",)) -> list[Path]:
    """The files of a folder that one of the patterns fits."""
    return sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})


def size(paths: Iterable[Path]) -> int:
    """Bytes."""
    return sum(path.stat().st_size for path in paths)


def zipped(content: bytes) -> int:
    """Bytes as a server sends them (gzip, level 6)."""
    return len(gzip.compress(content, 6, mtime=0))
