"""CPU time of a cold build: ``python -m bench.cold [runs]``.

Removes what earlier builds left, builds the whole site, and prints the median of user and system seconds of the whole process tree,
what of it is start-up (Python, MkDocs and its configuration loaded, nothing built), and the rest in milliseconds per page.
"""

from __future__ import annotations

import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_UP = "import hooks.drive as d; d.load_config(str(d.ROOT / 'mkdocs.yml'), site_dir='build/none')"


def cpu_seconds(command: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of one run of ``command`` and of all processes below it."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - began


def main(runs: int) -> None:
    """Prints one table."""
    cold, wall, start = [], [], []
    for _ in range(runs):
        for name in ("build", "site"):
            shutil.rmtree(ROOT / name, ignore_errors=True)
        cpu, took = cpu_seconds([sys.executable, "-m", "atlas", "build"])
        cold.append(cpu)
        wall.append(took)
        start.append(cpu_seconds([sys.executable, "-c", START_UP])[0])
    pages = sum(1 for _ in (ROOT / "site").rglob("index.html"))
    total, begin = statistics.median(cold), statistics.median(start)
    print(f"{platform.machine()}, Python {platform.python_version()}, median of {runs}")
    print(f"pages            {pages}")
    print(f"CPU s            {total:.2f} ({min(cold):.2f} to {max(cold):.2f})")
    print(f"wall s           {statistics.median(wall):.2f}")
    print(f"of it start-up   {begin:.2f} CPU s")
    print(f"per page         {(total - begin) / pages * 1000:.2f} ms CPU besides start-up")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
